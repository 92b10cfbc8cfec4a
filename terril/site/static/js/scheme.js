/* The switch between light and dark; without it the system's choice holds. */
const root = document.documentElement;
const button = document.querySelector("[data-scheme-switch]");
const system = matchMedia("(prefers-color-scheme: dark)");

const isDark = () =>
  root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches;

const say = () => {
  button.setAttribute("aria-pressed", String(isDark()));
};

if (button) {
  button.hidden = false;
  say();
  system.addEventListener("change", say);
  button.addEventListener("click", () => {
    root.dataset.scheme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("scheme", root.dataset.scheme);
    } catch {
      /* storage refused: the choice lasts as long as the page */
    }
    say();
  });
}
