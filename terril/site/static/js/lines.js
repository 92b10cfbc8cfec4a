/* A list of lines, or of cards, grows one at a time, up to what it takes. */
const bodyOf = (list) => list.querySelector("[data-lines-body]");

const renumbered = (name, start, rank) => `${start}${name.slice(start.length).replace(/^\d+/, rank)}`;

const addLine = (list) => {
  const body = bodyOf(list);
  const line = body.lastElementChild.cloneNode(true);
  const rank = body.children.length;
  line.querySelectorAll("input, select, textarea").forEach((one) => {
    one.name = renumbered(one.name, `${list.dataset.name}_`, rank);
    // The last line is an empty one: what it began with is what a new one does.
    if (one.type === "checkbox") one.checked = one.defaultChecked;
    else if (one.matches("select")) one.selectedIndex = 0;
    else one.value = one.defaultValue;
    one.removeAttribute("aria-invalid");
    const label = one.getAttribute("aria-label");
    if (label) one.setAttribute("aria-label", label.replace(/\d+$/, rank + 1));
  });
  line.querySelector(".card-title")?.remove();
  if (line.matches("details")) line.open = true;
  line.querySelectorAll("[data-rank]").forEach((one) => {
    one.textContent = one.textContent.replace(/\d+$/, rank + 1);
  });
  body.append(line);
  return line;
};

const isFull = (list) => bodyOf(list).children.length >= Number(list.dataset.most);

const bind = (list) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = list.dataset.add;
  button.hidden = isFull(list);
  button.addEventListener("click", () => {
    addLine(list).querySelector("input:not([type=hidden]), textarea").focus();
    button.hidden = isFull(list);
  });
  list.append(button);
};

/* Give a list as many lines as were typed in before. */
export const unfold = (box, typed) => {
  box.querySelectorAll("[data-lines]").forEach((list) => {
    const start = `${list.dataset.name}_`;
    const ranks = [...typed.keys()]
      .filter((name) => name.startsWith(start))
      .map((name) => Number.parseInt(name.slice(start.length), 10));
    while (bodyOf(list).children.length <= Math.max(...ranks) && !isFull(list)) addLine(list);
  });
};

export const bindLines = (root) => root.querySelectorAll("[data-lines]").forEach(bind);
