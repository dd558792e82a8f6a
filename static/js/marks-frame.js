// A frame over a page or a picture: drawn with a mouse or a finger, or moved with the arrow keys
// and made larger or smaller with Shift. Enter takes what is in it, Esc leaves.

const STEP = 0.02; // of the page
const LEAST = 0.01;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const inside = (value, least, most) => Math.min(Math.max(value, least), most);

export function drawFrame(paper, label, { done, left }) {
  const veil = document.createElement("span");
  veil.className = "paper__veil";
  const frame = document.createElement("span");
  frame.className = "paper__frame";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", label);
  veil.append(frame);
  paper.append(veil);
  let box = { x: 0.2, y: 0.2, w: 0.6, h: 0.2 };
  let start = null;

  const draw = () => {
    const sides = { left: box.x, top: box.y, width: box.w, height: box.h };
    for (const [side, part] of Object.entries(sides)) frame.style[side] = `${part * 100}%`;
  };

  const at = (event) => {
    const { left: x, top: y, width, height } = veil.getBoundingClientRect();
    return [inside((event.clientX - x) / width, 0, 1), inside((event.clientY - y) / height, 0, 1)];
  };

  veil.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    veil.setPointerCapture(event.pointerId);
    start = at(event);
  });
  veil.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [x, y] = at(event);
    box = { x: Math.min(x, start[0]), y: Math.min(y, start[1]), w: Math.abs(x - start[0]), h: Math.abs(y - start[1]) };
    draw();
  });
  veil.addEventListener("pointerup", () => {
    start = null;
    box = { ...box, w: Math.max(box.w, LEAST), h: Math.max(box.h, LEAST) };
    draw();
    frame.focus({ preventScroll: true });
  });
  veil.addEventListener("click", (event) => event.preventDefault()); // a picture is inside a link

  frame.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move && event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation(); // the arrows would turn pages
    if (event.key === "Enter") return done();
    if (event.key === "Escape") return left();
    const [x, y] = move.map((way) => way * STEP);
    if (event.shiftKey) box = { ...box, w: inside(box.w + x, LEAST, 1 - box.x), h: inside(box.h + y, LEAST, 1 - box.y) };
    else box = { ...box, x: inside(box.x + x, 0, 1 - box.w), y: inside(box.y + y, 0, 1 - box.h) };
    draw();
  });

  draw();
  frame.focus({ preventScroll: true });
  frame.scrollIntoView({ block: "nearest" });
  const percent = (part) => (part * 100).toFixed(2);
  return {
    sides: () => ({ left: percent(box.x), top: percent(box.y), width: percent(box.w), height: percent(box.h) }),
    isThere: () => veil.isConnected,
    leave: () => veil.remove(),
  };
}
