// Whose phone rings: a mark beside the person, and a sentence for those who listen to the page.

let ringing = new Set();

export const rings = (number) => ringing.has(number);

export function mark() {
  const made = document.createElement("span");
  made.className = "ringing";
  made.textContent = "来电";
  made.hidden = true;
  return made;
}

// people: all of them; numbers: those that ring; list: a button each; told: is read out when it changes.
export function show(people, numbers, list, told) {
  ringing = new Set(numbers);
  for (const button of list.children) button.querySelector(".ringing").hidden = !rings(button.dataset.number);
  const words = people.filter((each) => rings(each.number)).map((each) => `${each.name}的电话响了`).join("，");
  if (told.textContent !== words) told.textContent = words;
}
