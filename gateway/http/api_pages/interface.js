// Shows the document that the page names, with Swagger UI.
"use strict";

const place = document.getElementById("interface");
const dark = matchMedia("(prefers-color-scheme: dark)");
const shade = () => document.documentElement.classList.toggle("dark-mode", dark.matches);

dark.addEventListener("change", shade);
shade();
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.document,
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  // A key is forgotten with the page, no stranger is shown the document, and nothing in the page's address counts.
  persistAuthorization: false,
  validatorUrl: null,
  queryConfigEnabled: false,
  // What is tried is tried with the key that was typed in, never as whoever is signed in here.
  requestInterceptor: (request) => ({ ...request, credentials: "omit" }),
});
