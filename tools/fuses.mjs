// Electron's fuses as a package has them: switches inside the binary that no environment variable, argument or file beside
// the app can turn again.

/** By the names of @electron/fuses. */
export const fuses = {
  /** ELECTRON_RUN_AS_NODE would make the app a plain Node. */
  RunAsNode: false,
  EnableCookieEncryption: true,
  /** NODE_OPTIONS would load code into it. */
  EnableNodeOptionsEnvironmentVariable: false,
  /** --inspect would let a debugger in. */
  EnableNodeCliInspectArguments: false,
  /** On Windows and macOS an archive that was changed is not run. */
  EnableEmbeddedAsarIntegrityValidation: true,
  /** A folder beside the archive is not run in its place. */
  OnlyLoadAppFromAsar: true,
  /** Pages from file: addresses have no privileges; the app has none. */
  GrantFileProtocolExtraPrivileges: false,
};
