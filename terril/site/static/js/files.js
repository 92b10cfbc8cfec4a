/* Sends files as soon as they are chosen, shows how far, lists what was taken. */
const showRefusals = (box, sentences) => {
  box.querySelector("[data-refusals]")?.remove();
  if (!sentences.length) return;
  const alert = document.createElement("div");
  alert.dataset.refusals = "";
  alert.setAttribute("role", "alert");
  const list = document.createElement("ul");
  list.className = "errorlist";
  for (const sentence of sentences) {
    const line = document.createElement("li");
    line.textContent = sentence;
    list.append(line);
  }
  alert.append(list);
  box.querySelector("[data-file-list]").before(alert);
};

export const bindFiles = (box, form, showSummary) => {
  const input = box.querySelector('input[type="file"]');
  const progress = box.querySelector("[data-upload-progress]");
  const bar = progress.querySelector("progress");
  const state = box.querySelector("[data-state]");
  const words = form.dataset;

  const taken = (answer) => {
    const list = document.createElement("template");
    list.innerHTML = answer.files;
    box.querySelector("[data-file-list]").replaceChildren(list.content);
    input.value = "";
    state.textContent = words.saved.replace("{time}", answer.at);
    showRefusals(box, answer.refusals);
    showSummary(answer.summary);
  };

  const finished = (request) => {
    progress.hidden = true;
    const isSignedOut = request.responseURL !== new URL(box.dataset.files, location).href;
    if (isSignedOut || request.status === 403) state.textContent = words.gone;
    else if (request.status === 200) taken(JSON.parse(request.responseText));
    else state.textContent = words.failed;
  };

  const send = () => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const file of input.files) data.append(input.name, file);
    const request = new XMLHttpRequest();
    request.open("POST", box.dataset.files);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = (100 * loaded) / total;
    });
    request.addEventListener("load", () => finished(request));
    request.addEventListener("error", () => {
      progress.hidden = true;
      state.textContent = words.failed;
    });
    progress.hidden = false;
    state.textContent = "";
    request.send(data);
  };

  // The check of sizes hears of the choice after us: let it speak first.
  input.addEventListener("change", () => {
    setTimeout(() => {
      if (input.files.length && input.checkValidity()) send();
    });
  });
};
