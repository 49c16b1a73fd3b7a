// Has the page ask for its fonts with its script. It would ask for them when it draws the first letters, and draw those again
// a frame later.

/** @returns {import("vite").Plugin} */
export function fontsAhead() {
  return {
    name: "callflow-fonts-ahead",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((file) => file.endsWith(".ttf"))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "preload", as: "font", type: "font/ttf", crossorigin: true, href: `./${file}` },
            injectTo: "head",
          })),
    },
  };
}
