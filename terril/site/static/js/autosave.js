/* Saves each answer as it is typed; what cannot be saved stays here and says so. */
import { bindFiles } from "./files.js";
import { keep, kept, release } from "./keep.js";
import { bindLines, unfold } from "./lines.js";

const PAUSE = 900;
const form = document.querySelector("form[data-autosave]");
const words = form?.dataset ?? {};

const inputs = (box) =>
  [...box.querySelectorAll("input, select, textarea")].filter(
    (one) => one.name && one.type !== "file" && !one.matches("[data-seen]"),
  );

const values = (box) =>
  inputs(box)
    .filter((one) => !one.matches("[type=radio], [type=checkbox]") || one.checked)
    .map((one) => [one.name, one.value]);

export const showSummary = (html) => {
  const old = form.querySelector("[data-summary]");
  const box = document.createElement("template");
  box.innerHTML = html;
  old.replaceWith(box.content);
};

/* An answer may show or hide other questions, or close the call to the dossier. */
const showConsequences = ({ hidden, reasons }) => {
  form.querySelectorAll("[data-answer]").forEach((box) => {
    box.hidden = hidden.includes(box.id);
    const place = box.querySelector("[data-reason]");
    const told = reasons[box.id] ?? "";
    if (place.innerHTML.trim() !== told.trim()) place.innerHTML = told;
  });
};

const say = (box, text, { icon, action, onClick } = {}) => {
  const line = box.querySelector("[data-state]");
  line.replaceChildren();
  if (icon) {
    const mark = document.createElement("span");
    mark.className = `icon icon-${icon}`;
    mark.setAttribute("aria-hidden", "true");
    line.append(mark);
  }
  line.append(text);
  if (!action) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = action;
  button.addEventListener("click", onClick);
  line.append(button);
};

const showError = (box, sentence) => {
  const field = box.querySelector(".field");
  const id = `${box.id}-live-error`;
  field.querySelectorAll("ul.errorlist").forEach((one) => one.remove());
  field.classList.toggle("field-wrong", Boolean(sentence));
  inputs(box).forEach((one) => {
    if (sentence) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
    const others = (one.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .filter((name) => name && !name.endsWith("_error") && name !== id);
    one.setAttribute("aria-describedby", [...others, sentence && id].filter(Boolean).join(" "));
  });
  if (!sentence) return;
  const list = document.createElement("ul");
  list.className = "errorlist";
  list.id = id;
  const line = document.createElement("li");
  line.textContent = sentence;
  list.append(line);
  (field.querySelector("legend, label") ?? field).after(list);
};

const showConflict = (box, html) => {
  box.querySelector("[data-conflict-box]")?.remove();
  if (!html) return;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  box.prepend(holder.content);
  box.querySelector("[data-conflict-box]").setAttribute("role", "alert");
};

const signIn = () => {
  location.href = location.pathname;
};

const bind = (box) => {
  const address = box.dataset.answer;
  const seen = box.querySelector("[data-seen]");
  let timer;
  let sending = false;
  let again = false;

  const failed = (text, action, onClick) => {
    say(box, text, { icon: "alert", action, onClick });
  };

  const told = (answer) => {
    seen.value = answer.seen;
    showConflict(box, answer.conflict);
    if (answer.state === "conflict") {
      say(box, "");
      return;
    }
    if (!again) release(address);
    say(box, words.saved.replace("{time}", answer.at), { icon: "check" });
    showError(box, answer.error);
    showSummary(answer.summary);
    showConsequences(answer);
  };

  const send = async () => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append(seen.name, seen.value);
    for (const [name, value] of values(box)) data.append(name, value);
    const answer = await fetch(address, {
      method: "POST",
      body: data,
      redirect: "manual",
      headers: { "HX-Request": "true" },
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      failed(words.gone, words.signIn, signIn);
      return;
    }
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (isJson) {
      told(await answer.json());
      return;
    }
    if (answer.status !== 409) throw new Error(String(answer.status));
    document.getElementById("refusal").innerHTML = await answer.text();
    failed(words.refused);
  };

  const save = async () => {
    clearTimeout(timer);
    timer = undefined;
    again = sending;
    if (sending) return;
    sending = true;
    say(box, words.saving);
    try {
      await send();
    } catch {
      failed(words.failed, words.retry, save);
    }
    sending = false;
    if (again) save();
  };

  // A text is saved between two words; a code or a date, once it is whole.
  const isText = Boolean(box.querySelector("[data-limit]"));
  box.addEventListener("input", () => {
    keep(address, seen.value, values(box));
    clearTimeout(timer);
    if (isText) timer = setTimeout(save, PAUSE);
  });
  box.addEventListener("change", () => {
    setTimeout(() => {
      const whole = box.querySelector(".inline-fields, [data-lines]");
      if (!whole?.contains(document.activeElement) && kept(address)) save();
    });
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && kept(address)) save();
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (!isText && !box.contains(relatedTarget) && kept(address)) save();
  });
  restore(box, address, seen, save);
};

const restore = (box, address, seen, save) => {
  const found = kept(address);
  if (!found) return;
  const typed = new Map(found.values);
  unfold(box, typed);
  inputs(box).forEach((one) => {
    if (one.matches("[type=radio], [type=checkbox]"))
      one.checked = found.values.some(([name, value]) => name === one.name && value === one.value);
    else if (typed.has(one.name)) one.value = typed.get(one.name);
  });
  seen.value = found.seen;
  say(box, words.restored);
  save();
};

if (form) bindLines(form);
const boxes = form?.querySelectorAll("[data-answer]:not([data-files])") ?? [];
const sent = form?.dataset.isBack === "true";
boxes.forEach((box) => {
  if (sent) release(box.dataset.answer);
  bind(box);
});
form?.addEventListener("submit", () => {
  boxes.forEach((box) => release(box.dataset.answer));
});
form?.querySelectorAll("[data-files]").forEach((box) => bindFiles(box, form, showSummary));
