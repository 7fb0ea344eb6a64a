/* Small comforts; every page works without them. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();

  // "/" goes to the search box, unless the person is typing.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) return;
    const search = document.getElementById("shell-search");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  });

  // A form that is sent twice by a double click is sent once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent === "yes" && form.method === "post") event.preventDefault();
    form.dataset.sent = "yes";
    window.setTimeout(() => { form.dataset.sent = ""; }, 4000);
  });

  // Leaving a page with text that is not saved asks first.
  const drafts = document.querySelectorAll("form[data-draft]");
  drafts.forEach((form) => {
    form.addEventListener("input", () => { form.dataset.dirty = "yes"; });
    form.addEventListener("submit", () => { form.dataset.dirty = ""; });
  });
  window.addEventListener("beforeunload", (event) => {
    const dirty = Array.from(drafts).some((form) => Boolean(form.dataset.dirty));
    if (dirty) event.preventDefault();
  });
  // What is typed while a save is under way stays unsaved until the next one.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    // Only the form's own request saves it; fields within ask the screen.
    const form = event.target.matches && event.target.matches("form[data-draft]") ? event.target : null;
    if (form && form.dataset.dirty) form.dataset.dirty = "sent";
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.matches && event.target.matches("form[data-draft]") ? event.target : null;
    if (!form) return;
    const line = form.querySelector("[data-saved]");
    if (event.detail.successful) {
      if (form.dataset.dirty === "sent") form.dataset.dirty = "";
    } else if (line) {
      const status = event.detail.xhr ? event.detail.xhr.status : 0;
      line.textContent = status === 401
        ? "You are signed out. Your text is still here: press Save, sign in, and it goes on."
        : status === 409
          ? "Somebody else saved this page meanwhile. Press Save to see both texts."
          : "Not saved: no connection. Your text is still here; it is tried again as you type.";
    }
  });
});
