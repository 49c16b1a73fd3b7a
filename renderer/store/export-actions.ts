import { exportFormats, isFilm } from "../../shared/export-formats.ts";
import type { EventPayload, Request } from "../../shared/ipc/contract.ts";
import type { ExportChoices, Settings } from "../../shared/ipc/settings.ts";
import type { Get, Put } from "./app-store.ts";
import type { Ports } from "./ports.ts";
import { settle } from "./settle.ts";
import type { Actions } from "./state.ts";

/** What is asked of an export, but of which document: that is the one shown. */
export type ToExport = Pick<Request<"export.write">, "formats" | "of" | "others">;

/** What a person chose at the last exports. */
export type Exports = NonNullable<Settings["exports"]>;

/** The export under way or the one before. */
export type Exporting =
  | { readonly kind: "going"; readonly progress?: EventPayload<"export.progress">; readonly stopping?: boolean }
  | { readonly kind: "done"; readonly paths: readonly string[]; readonly remarks: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

/** What was last chosen for a format, nothing where it was never exported. */
export function choicesFor(exports: Exports | undefined, format: string): ExportChoices {
  return exports?.choices[format] ?? {};
}

/** The actions that make documents of the flow shown. */
export function exportActions(
  ports: Ports,
  set: Put,
  get: Get,
): Pick<Actions, "exportAs" | "exportAll" | "stopExport" | "exportProgress" | "forgetExport"> {
  const write = async ({ formats, ...asked }: ToExport) => {
    const { open, variant, view } = get();
    if (open === undefined) return undefined;
    return settle(ports.exportTo({ handle: open.handle, variant, view, formats: [...formats], ...asked }));
  };
  return {
    async exportAs(format) {
      if (exportFormats.some((one) => one.id === format && isFilm(one))) {
        // It takes long: the dialog shows how far it is.
        const choices = get().exports?.choices ?? {};
        return set({ exports: { formats: [format], choices }, dialog: "export" });
      }
      const result = await write({ formats: [{ format, settings: choicesFor(get().exports, format) }], of: "variant" });
      if (result === undefined) return;
      if (!result.ok) return set({ problem: result.failure });
      if (result.value === null) return;
      const { paths, remarks } = result.value;
      if (remarks.length === 0) get().actions.say(`“${paths[0]?.split(/[\\/]/).at(-1)}” is written.`);
      else {
        set({
          problem: { message: "The file is written, but not everything is as drawn.", detail: remarks.join(" ") },
        });
      }
    },
    async exportAll(asked) {
      if (get().exporting?.kind === "going") return;
      const { formats } = asked;
      const used = Object.fromEntries(formats.map(({ format, settings }) => [format, settings]));
      const exports: Exports = {
        formats: formats.map(({ format }) => format),
        choices: { ...get().exports?.choices, ...used },
      };
      set({ exports, exporting: { kind: "going" } });
      ports.remember({ exports });
      const result = await write(asked);
      if (result === undefined || (result.ok && result.value === null)) set({ exporting: undefined });
      else if (result.ok && result.value !== null) set({ exporting: { kind: "done", ...result.value } });
      else if (!result.ok) set({ exporting: { kind: "failed", message: result.failure.message } });
    },
    async stopExport() {
      const { exporting } = get();
      if (exporting?.kind !== "going") return;
      set({ exporting: { ...exporting, stopping: true } });
      await settle(ports.stopExport());
    },
    exportProgress(progress) {
      const { exporting } = get();
      if (exporting?.kind === "going") set({ exporting: { ...exporting, progress } });
    },
    forgetExport() {
      if (get().exporting?.kind !== "going") set({ exporting: undefined });
    },
  };
}
