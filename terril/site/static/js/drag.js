/* Questions change places by being dragged; the buttons beside them do the same. */
const lists = document.querySelectorAll("[data-drag]");
const all = () => [...document.querySelectorAll("[data-drag] > li")];
let held;

const drop = (target) => {
  const lines = all();
  const step = lines.indexOf(target) - lines.indexOf(held);
  if (!held || !step) return;
  const form = held.querySelector("form[data-move]");
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "step";
  input.value = step;
  form.append(input);
  form.submit();
};

lists.forEach((list) => {
  list.querySelectorAll(":scope > li").forEach((line) => {
    line.draggable = true;
    line.addEventListener("dragstart", (event) => {
      held = line;
      line.classList.add("is-held");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    line.addEventListener("dragend", () => {
      line.classList.remove("is-held");
      all().forEach((one) => one.classList.remove("is-target"));
    });
    line.addEventListener("dragover", (event) => {
      if (!held) return;
      event.preventDefault();
      all().forEach((one) => one.classList.toggle("is-target", one === line && one !== held));
    });
    line.addEventListener("drop", (event) => {
      event.preventDefault();
      drop(line);
    });
  });
});
