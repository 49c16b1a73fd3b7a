// Who may import whom. Every rule says why; tools/lint/boundaries.test.ts breaks each of them once.

/** The files that may touch Electron: thin shells around everything else. */
const shell = "^electron/(main|window|menu|preload|file-dialogs)[.]ts$";
const test = "[.]test[.]tsx?$|^test/";
/** Packages as they resolve: a file in node_modules, or a name that did not resolve. */
const packageNamed = (/** @type {string} */ names) => `^(${names})$|node_modules/(@types/)?(${names})/`;
const effects = "^(node:)?(fs|fs/promises|child_process|net|http|https|http2|dgram|tls|os|worker_threads|cluster)$";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "shared-stands-alone",
      comment:
        "shared/ is the language both sides speak: it knows neither side, and of packages only zod and a measure of how far words are apart, which are as pure. What needs more belongs to the side that needs it.",
      severity: "error",
      from: { path: "^shared/", pathNot: test },
      to: { pathNot: ["^shared/", packageNamed("zod"), packageNamed("fastest-levenshtein")] },
    },
    {
      name: "engine-is-pure",
      comment:
        "The engine imports itself and shared/: it computes the same run everywhere. A file, a window or a package is the caller's business.",
      severity: "error",
      from: { path: "^electron/engine/", pathNot: test },
      to: { pathNot: ["^electron/engine/", "^shared/", packageNamed("zod")] },
    },
    {
      name: "engine-by-its-door",
      comment:
        "From outside only electron/engine/index.ts is imported: what it exports is the contract, everything behind it may change.",
      severity: "error",
      from: { path: "^(electron|tools)/", pathNot: ["^electron/engine/", test] },
      to: { path: "^electron/engine/", pathNot: "^electron/engine/index[.]ts$" },
    },
    {
      name: "workspace-imports-door-and-shared",
      comment:
        "The workspace is the one writer of open flows and serves app, command line and tests alike: it knows the engine's door and shared/, and reaches disk, clock and raster through its ports.",
      severity: "error",
      from: { path: "^electron/workspace/", pathNot: test },
      to: { pathNot: ["^electron/workspace/", "^electron/engine/index[.]ts$", "^shared/", packageNamed("zod")] },
    },
    {
      name: "export-is-value-to-bytes",
      comment:
        "An exporter gets a value and returns bytes: it imports shared/, its neighbours and its format's library, and no other part of the main process.",
      severity: "error",
      from: { path: "^electron/export/", pathNot: test },
      to: { path: "^(electron|renderer|test|tools)/", pathNot: "^electron/export/" },
    },
    {
      name: "import-is-bytes-to-flow",
      comment:
        "An importer gets text or bytes and returns a flow: it imports shared/, its neighbours and its format's library, and no other part of the main process.",
      severity: "error",
      from: { path: "^electron/import/", pathNot: test },
      to: { path: "^(electron|renderer|test|tools)/", pathNot: "^electron/import/" },
    },
    {
      name: "effects-stay-in-the-host",
      comment:
        "Workspace, export and import touch no disk, process or network: electron/host/ holds the ports on Node, and the shells pass them in.",
      severity: "error",
      from: { path: "^electron/(workspace|export|import)/", pathNot: test },
      to: { path: effects, dependencyTypes: ["core"] },
    },
    {
      name: "only-the-shell-knows-electron",
      comment:
        "Only the five shell files import Electron, or a package that does (outside them it is electron-log/node): everything else runs in plain Node too, and so in the command line and in tests.",
      severity: "error",
      from: { path: "^(electron|shared|renderer|tools)/", pathNot: [shell, test] },
      to: { path: [packageNamed("electron"), "node_modules/electron-log/(index|main|renderer|preload)[.]js$"] },
    },
    {
      name: "command-line-without-electron",
      comment: "The command line is plain Node: nothing it reaches may be a shell file.",
      severity: "error",
      from: { path: "^electron/cli[.]ts$" },
      to: { path: shell, reachable: true },
    },
    {
      name: "nobody-imports-an-entry",
      comment: "main, preload and cli are started, not imported: importing one runs it.",
      severity: "error",
      from: {},
      to: { path: "^electron/(main|preload|cli)[.]ts$" },
    },
    {
      name: "page-and-main-meet-in-shared",
      comment:
        "The page and the main process share only shared/: the page reaches main through the calls of shared/ipc, never by an import.",
      severity: "error",
      from: { path: "^renderer/", pathNot: test },
      to: { path: "^(electron|tools)/" },
    },
    {
      name: "main-does-not-import-the-page",
      comment: "The page is a bundle of its own; what both need belongs to shared/.",
      severity: "error",
      from: { path: "^electron/", pathNot: test },
      to: { path: "^renderer/" },
    },
    {
      name: "bridge-alone-speaks-to-main",
      comment:
        "Only renderer/bridge imports the IPC contract as code: everything else in the page calls the bridge. Types may be imported anywhere.",
      severity: "error",
      from: { path: "^renderer/", pathNot: ["^renderer/bridge/", test] },
      to: { path: "^shared/ipc/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "page-has-no-node",
      comment: "The page is sandboxed: Node's modules do not exist in it.",
      severity: "error",
      from: { path: "^renderer/", pathNot: test },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "nobody-imports-tests",
      comment: "A test may change or go at any time; what two tests share stands in test/.",
      severity: "error",
      from: { pathNot: test },
      to: { path: test },
    },
    {
      name: "product-without-tools",
      comment: "tools/ builds and measures the product; the product does not need it.",
      severity: "error",
      from: { path: "^(shared|electron|renderer)/", pathNot: test },
      to: { path: "^tools/" },
    },
    {
      name: "no-cycles",
      comment: "Modules that import each other can only be understood together; one of them holds what both need.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "only-what-resolves",
      comment: "An import that resolves to nothing fails at run time, and no rule can judge it.",
      severity: "error",
      from: {},
      // The build reads these; a resolver that honours a package's exports takes the query for a part of the name. What
      // is virtual the build makes.
      to: { couldNotResolve: true, pathNot: ["[.]wasm[?]bytes$", "^virtual:handout$"] },
    },
    {
      name: "only-declared-packages",
      comment: "A package that package.json does not name is there by chance: it goes when another package drops it.",
      severity: "error",
      from: { pathNot: "^tools/electron-fallback/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // The benchmark's blank window is an app of its own.
    exclude: { path: ["^tools/electron-fallback/", "^tools/bench/blank-app/"] },
    // Types too: an import of a type is knowledge as well.
    tsPreCompilationDeps: true,
    moduleSystems: ["es6", "cjs"],
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
