/* A figure shows its proof on hover and focus too, and beside the number. */
const WAIT = 180;
const WIDE = matchMedia("(min-width: 48rem)");

const place = (button, proof) => {
  proof.classList.toggle("is-anchored", WIDE.matches);
  if (!WIDE.matches) return;
  const from = button.getBoundingClientRect();
  const size = proof.getBoundingClientRect();
  const left = Math.min(from.left, innerWidth - size.width - 16);
  const below = from.bottom + 6;
  const fits = below + size.height < innerHeight;
  const top = fits ? below : Math.max(8, from.top - size.height - 6);
  proof.style.setProperty("--proof-x", `${Math.max(8, left)}px`);
  proof.style.setProperty("--proof-y", `${top}px`);
};

const bind = (figure) => {
  const button = figure.querySelector("button");
  const proof = figure.querySelector("[popover]");
  let timer;
  let isClosing = false;
  const later = (act) => {
    clearTimeout(timer);
    timer = setTimeout(act, WAIT);
  };
  const show = () => proof.matches(":popover-open") || proof.showPopover();
  const hide = () => {
    if (!figure.contains(document.activeElement)) proof.hidePopover();
  };
  // Closing gives the focus back to the number, which must not open it again.
  proof.addEventListener("beforetoggle", (event) => {
    isClosing = event.newState === "closed";
    if (isClosing) setTimeout(() => (isClosing = false));
  });
  proof.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "open") place(button, proof);
  });
  button.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse") later(show);
  });
  figure.addEventListener("pointerleave", () => later(hide));
  proof.addEventListener("pointerenter", () => clearTimeout(timer));
  button.addEventListener("focus", () => {
    if (!isClosing && button.matches(":focus-visible")) show();
  });
  figure.addEventListener("focusout", (event) => {
    if (!figure.contains(event.relatedTarget)) proof.hidePopover();
  });
};

if ("popover" in HTMLElement.prototype) {
  document.querySelectorAll("[data-figure]").forEach(bind);
}
