/* In the builder, shows only what the chosen kind of question needs. */
const form = document.querySelector("form[data-kinds]");
const kind = form?.elements.kind;

const show = () => {
  form.querySelectorAll("[data-for]").forEach((input) => {
    const isMeant = input.dataset.for.split(" ").includes(kind.value);
    const field = input.closest(".field");
    field.hidden = !isMeant && !field.classList.contains("field-wrong");
  });
};

kind?.addEventListener("change", show);
if (kind) show();
