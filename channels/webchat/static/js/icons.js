// Line drawings, in the page's own hand. Stroke and fill come from the style sheet unless a shape says otherwise.

const line = (d) => ({ d, fill: "none", stroke: "currentColor", "stroke-width": "1.7", "stroke-linecap": "round", "stroke-linejoin": "round" });
const disc = (cx, cy, r) => ({ tag: "circle", cx, cy, r, fill: "none", stroke: "currentColor", "stroke-width": "1.7" });

export const ICONS = {
  plus: { shapes: [disc(12, 12, 9.2), line("M12 7.6v8.8M7.6 12h8.8")] },
  album: { shapes: [line("M4.5 5h15a1.5 1.5 0 0 1 1.5 1.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.500v-11A1.5 1.5 0 0 1 4.5 5z"), line("m3.5 17 5-5.2 4 4 3-3 5 4.5"), disc(15.8, 9.3, 1.5)] },
  camera: { shapes: [line("M4.5 7.500h3L9 5h6l1.5 2.500h3A1.5 1.5 0 0 1 21 9v8.500a1.5 1.5 0 0 1-1.5 1.500h-15A1.5 1.5 0 0 1 3 17.500V9a1.5 1.5 0 0 1 1.5-1.500z"), disc(12, 13, 3.6)] },
  file: { shapes: [line("M6 3.500h8l4.5 4.500v12a.5.5 0 0 1-.5.5H6a.5.5 0 0 1-.5-.5V4a.5.5 0 0 1 .5-.5z"), line("M13.8 3.700V8.200h4.500M8.5 12.500h7M8.5 16h5")] },
  close: { shapes: [line("M6 6l12 12M18 6 6 18")] },
  down: { shapes: [line("m6 9.5 6 6 6-6")] },
  clock: { shapes: [disc(12, 12, 8.5), line("M12 7.200V12l3.2 2.2")] },
  star: { shapes: [{ d: "m12 3.2 2.7 5.6 6.1.800-4.5 4.3 1.1 6.1-5.4-3-5.4 3 1.1-6.100L3.2 9.600l6.1-.800z", fill: "currentColor" }] },
  keyboard: { shapes: [line("M4 6.500h16A1.2 1.2 0 0 1 21.2 7.700v8.600A1.2 1.2 0 0 1 20 17.500H4a1.2 1.2 0 0 1-1.2-1.200V7.700A1.2 1.2 0 0 1 4 6.500z"), line("M6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8.5 14h7")] },
  dots: { shapes: [[5.5], [12], [18.5]].map(([cx]) => ({ tag: "circle", cx, cy: 12, r: 1.6, fill: "currentColor" })) },
  alert: { shapes: [{ tag: "circle", cx: 12, cy: 12, r: 10, fill: "currentColor" }, { d: "M12 6.500v7M12 17v.01", stroke: "#fff", "stroke-width": "2.4", "stroke-linecap": "round", fill: "none" }] },
  leave: { shapes: [line("M14 4.500H6.500A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.500H14M10.5 12H20m-3.5-3.500L20 12l-3.5 3.5")] },
  headset: { shapes: [line("M5 15v-3a7 7 0 0 1 14 0v3M5 13.500h1.500a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1zM19 13.500h-1.500a1 1 0 0 0-1 1v3a1 1 0 0 0 1 1h.5a1 1 0 0 0 1-1zM18.5 18.500c0 1.5-1.5 2-4 2")] },

  // Faces, drawn over the coloured square of .avatar.
  bot: {
    box: 40,
    shapes: [
      { d: "M20 7.5 9.5 11.300v8c0 6.5 4.3 11 10.5 13.2 6.2-2.2 10.5-6.7 10.5-13.200v-8z", fill: "#fff" },
      { d: "m14.8 19.7 3.8 3.8 6.9-7.2", fill: "none", stroke: "#0b8f4d", "stroke-width": "3", "stroke-linecap": "round", "stroke-linejoin": "round" },
    ],
  },
  agent: {
    box: 40,
    shapes: [
      { tag: "circle", cx: 20, cy: 16.5, r: 6, fill: "#fff" },
      { d: "M8.5 33c.8-6.6 5.4-9.6 11.5-9.600S30.7 26.4 31.5 33z", fill: "#fff" },
      { d: "M12.5 17.500v-1.500a7.5 7.5 0 0 1 15 0v1.500c0 3-2 4.5-4.8 4.7", fill: "none", stroke: "#ffe3b0", "stroke-width": "2", "stroke-linecap": "round" },
    ],
  },
  customer: {
    box: 40,
    shapes: [
      { tag: "circle", cx: 20, cy: 15.5, r: 6.3, fill: "#fff" },
      { d: "M7.5 33.500c.6-7 5.6-10.3 12.5-10.300s11.9 3.3 12.5 10.300z", fill: "#fff" },
    ],
  },
};
