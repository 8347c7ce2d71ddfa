// Shows the document that the page names, with Swagger UI.
"use strict";

const place = document.getElementById("interface");
const dark = matchMedia("(prefers-color-scheme: dark)");
const shade = () => document.documentElement.classList.toggle("dark-mode", dark.matches);

dark.addEventListener("change", shade);
shade();
// At another name of the gateway, localhost for 127.0.0.1, nobody is signed in, and no client comes back. One that was
// told no address of its own has nobody who could sign in.
const home = place.dataset.home;
document.getElementById("elsewhere").hidden = !home || location.origin === new URL(home).origin;

const FORM = "application/x-www-form-urlencoded";
const shown = (text) => {
  const said = JSON.parse(text);
  const schemes = said.components?.securitySchemes ?? {};
  // A cookie is the browser's to send, never a page's: it would be asked for, and then left out.
  const typed = (name) => schemes[name]?.in !== "cookie";
  if (said.components?.securitySchemes)
    said.components.securitySchemes = Object.fromEntries(Object.entries(schemes).filter(([name]) => typed(name)));
  for (const operation of Object.values(said.paths).flatMap((item) => Object.values(item))) {
    // The key of another request stands for that request: whoever tries an operation twice means it twice.
    for (const parameter of operation.parameters ?? [])
      if (parameter.name === "Idempotency-Key") delete parameter.example;
    // Beside what may be shown, nothing may be, too: the lock of an operation would be closed before anything was.
    operation.security = (operation.security ?? []).filter(
      (each) => Object.keys(each).length && Object.keys(each).every(typed),
    );
    // Each field of a form holds what was recorded, or nothing: else it would hold the word "string".
    const form = operation.requestBody?.content?.[FORM];
    const sent = form?.examples?.sent?.value ?? {};
    for (const [name, field] of Object.entries(form?.schema?.properties ?? {})) field.example = sent[name] ?? "";
  }
  return JSON.stringify(said);
};
const asTried = () => ({
  statePlugins: {
    spec: { wrapActions: { updateSpec: (update) => (text) => update(text && shown(text)) } },
  },
});

const swagger = SwaggerUIBundle({
  plugins: [asTried],
  domNode: place,
  url: place.dataset.document,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  // A key is forgotten with the page, no stranger is shown the document, and nothing in the page's address counts.
  persistAuthorization: false,
  validatorUrl: null,
  queryConfigEnabled: false,
  // Clients register this address, whichever document they were tried with.
  oauth2RedirectUrl: new URL("/docs/oauth2-redirect.html", location.href).href,
  // What is tried is tried with the key that was typed in, never as whoever is signed in here.
  requestInterceptor: (request) => ({ ...request, credentials: "omit" }),
});
swagger.initOAuth({
  usePkceWithAuthorizationCodeGrant: true,
  additionalQueryStringParams: { lang: document.documentElement.lang },
});
