/* A table of lines grows by one line at a time, up to what its question takes. */
const bodyOf = (table) => table.querySelector("tbody");

const renumber = (text, rank) => text.replace(/_\d+_/, `_${rank}_`);

const addLine = (table) => {
  const body = bodyOf(table);
  const last = body.lastElementChild;
  const line = last.cloneNode(true);
  const rank = body.children.length;
  line.querySelectorAll("input").forEach((one) => {
    one.name = `${table.dataset.name}${renumber(one.name.slice(table.dataset.name.length), rank)}`;
    one.value = "";
    one.setAttribute("aria-label", one.getAttribute("aria-label").replace(/\d+$/, rank + 1));
    one.removeAttribute("aria-invalid");
  });
  body.append(line);
  return line;
};

const isFull = (table) => bodyOf(table).children.length >= Number(table.dataset.most);

const bind = (table) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = table.dataset.add;
  button.hidden = isFull(table);
  button.addEventListener("click", () => {
    addLine(table).querySelector("input").focus();
    button.hidden = isFull(table);
  });
  table.append(button);
};

/* Give a table as many lines as were typed in before. */
export const unfold = (box, typed) => {
  box.querySelectorAll("[data-lines]").forEach((table) => {
    const start = `${table.dataset.name}_`;
    const ranks = [...typed.keys()]
      .filter((name) => name.startsWith(start))
      .map((name) => Number.parseInt(name.slice(start.length), 10));
    while (bodyOf(table).children.length <= Math.max(...ranks) && !isFull(table)) addLine(table);
  });
};

export const bindLines = (root) => root.querySelectorAll("[data-lines]").forEach(bind);
