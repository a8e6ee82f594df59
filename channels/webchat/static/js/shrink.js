// Photos of new phones may be larger than the server takes. Whoever holds such a phone has no way to shrink them.

const LONGEST_SIDE = 4000;
const QUALITY = 0.85;

/** A smaller JPEG of a picture above `limit` bytes; anything else, or what cannot be read, comes back as it is. */
export async function shrunk(file, limit) {
  if (file.size <= limit || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: blob.type });
  } catch {
    return file;
  }
}
