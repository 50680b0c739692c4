// Signs by a passkey: what the authenticator answers goes where the code would stand. Without this script the code is typed.
const release = document.getElementById("release-button");
const form = document.getElementById("sign");
if (release && form && window.webauthnJSON?.supported()) {
  release.hidden = false;
  release.addEventListener("click", async () => {
    const sign = form.querySelector('button[name="action"][value="sign"]');
    if (!form.reportValidity()) return;
    try {
      const asked = JSON.parse(document.getElementById("release-options").textContent);
      form.elements.code.value = JSON.stringify(await window.webauthnJSON.get(asked));
      form.requestSubmit(sign);
    } catch {
      document.getElementById("release-said").textContent = document.getElementById("release").dataset.failed;
    }
  });
}
