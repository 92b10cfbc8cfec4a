/* Counts characters or words of a field with a limit, and warns without cutting anything. */
const number = new Intl.NumberFormat(document.documentElement.lang);

const bind = (field) => {
  const limit = Number(field.dataset.limit);
  const line = document.createElement("p");
  line.className = "counter";
  const live = document.createElement("p");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  field.after(line, live);
  let timer;

  const count = () => {
    const used =
      "words" in field.dataset
        ? field.value.split(/\s+/).filter(Boolean).length
        : [...field.value.replace(/\r\n/g, "\n")].length;
    const over = used - limit;
    line.classList.toggle("is-over", over > 0);
    line.textContent =
      over > 0
        ? field.dataset.over.replace("{n}", number.format(over))
        : `${number.format(used)} / ${number.format(limit)}`;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (over > -limit / 10) live.textContent = line.textContent;
    }, 1200);
  };

  field.addEventListener("input", count);
  count();
};

const bindAll = (root) =>
  root.querySelectorAll("[data-limit][data-over]").forEach(bind);

bindAll(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) bindAll(event.target);
});
