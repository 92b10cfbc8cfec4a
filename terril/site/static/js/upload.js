/* Says that files are on their way, and how far when the sending can be measured. */
const show = (form, percent) => {
  const box = form.querySelector("[data-upload-progress]");
  if (!box) return;
  box.hidden = false;
  const bar = box.querySelector("progress");
  if (percent === undefined) bar.removeAttribute("value");
  else bar.value = percent;
};

const tooHeavy = (input) => {
  const most = Number(input.dataset.maxBytes);
  return most && [...input.files].some((file) => file.size > most);
};

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file") return;
    input.setCustomValidity(tooHeavy(input) ? input.dataset.tooHeavy || "" : "");
    input.reportValidity();
  });
  form.addEventListener("submit", () => {
    const files = form.querySelectorAll('input[type="file"]');
    if ([...files].some((input) => input.files.length)) show(form);
  });
  form.addEventListener("htmx:xhr:progress", (event) => {
    const { loaded, total } = event.detail;
    if (total) show(form, (100 * loaded) / total);
  });
}
