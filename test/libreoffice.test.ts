import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { computeRun, rules } from "../electron/engine/index.ts";
import { type ExportInput, formatById } from "../electron/export/formats.ts";
import { whole } from "../shared/content.ts";
import { project } from "../shared/diagram/project.ts";
import { settingsFor } from "../shared/export-formats.ts";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";
import { wholeScript } from "../shared/run/tree.ts";

// Office documents of the bundled flows, read by a program that is not ours. Without LibreOffice these tests are skipped,
// which the count at the end says: apt-get install libreoffice-writer libreoffice-impress

const has = (program: string, ...args: string[]) => spawnSync(program, args).error === undefined;
const there = has("soffice", "--version") && has("pdftotext", "-v");

const flowsDir = new URL("../flows/", import.meta.url);
const flows = new Map(
  readdirSync(flowsDir, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".flow.json"))
    .map((file) => [
      file.replace(/\.flow\.json$/, "").replace(/\W+/g, "-"),
      flowSchema.parse(JSON.parse(readFileSync(new URL(file, flowsDir), "utf8"))),
    ]),
);
const known = new Map(rules().map((rule) => [rule.id, rule]));

function drawn(flow: Flow): ExportInput {
  const variant = flow.variants[0]?.id ?? "";
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  const run = computeRun(flow.scenario, script.value);
  return { flow, variant, run, diagram: project(flow, run, flow.view ?? {}, known, variant) };
}

const folder = mkdtempSync(join(tmpdir(), "callflow-office-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function write(format: string, input: ExportInput, name: string, chosen = {}): Promise<string> {
  const known = formatById(format);
  const settings = known && settingsFor(known, chosen);
  if (known === undefined || settings?.ok !== true) throw new Error(`There is no such ${format}.`);
  const made = await (await known.load())({ ...input, settings: settings.value });
  if (!made.ok) throw new Error(made.failure.message);
  const path = join(folder, name);
  writeFileSync(path, whole(made.value.content));
  return path;
}

function office(...args: string[]): void {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile"))}`;
  const { status, stderr } = spawnSync("soffice", [profile, "--headless", "--norestore", ...args], {
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`LibreOffice ended with ${status}: ${stderr}`);
}

const within = (path: string) => spawnSync("pdftotext", ["-raw", path, "-"], { maxBuffer: 1e9 }).stdout.toString();
/** Lines are broken, and words divided, where the page ends. */
const packed = (text: string) => text.replace(/[\s\u00ad\u200b\ufb00-\ufb04]+/g, (blank) => LIGATURES[blank] ?? "");
const LIGATURES: Readonly<Record<string, string>> = {
  "\ufb00": "ff",
  "\ufb01": "fi",
  "\ufb02": "fl",
  "\ufb03": "ffi",
  "\ufb04": "ffl",
};

describe.skipIf(!there)("EX30, EX61: LibreOffice shows", () => {
  beforeAll(async () => {
    const documents: string[] = [];
    for (const [name, flow] of flows) {
      documents.push(await write("docx", drawn(flow), `${name}-doc.docx`));
      documents.push(await write("pptx", drawn(flow), `${name}-deck.pptx`, { variants: "this" }));
    }
    office("--convert-to", "pdf", "--outdir", join(folder, "pdf"), ...documents);
  }, 400_000);

  it.each([...flows])("every paragraph and note of %s in the document, in order", (name, flow) => {
    const text = packed(within(join(folder, "pdf", `${name}-doc.pdf`)));
    let at = 0;
    const { diagram } = drawn(flow);
    for (const { label, text: told, notes } of diagram.paragraphs) {
      for (const part of [`${label} ${told}`, ...notes.map((note) => note.text)]) {
        const found = text.indexOf(packed(part), at);
        expect(found, `${part} in the document`).toBeGreaterThanOrEqual(at);
        at = found;
      }
    }
    expect(text).toContain(packed(flow.title));
  });

  it.each([...flows])("a slide for each step of %s, in order, and no other", (name, flow) => {
    const pages = within(join(folder, "pdf", `${name}-deck.pdf`))
      .split("\f")
      .slice(0, -1)
      .map(packed);
    const { diagram } = drawn(flow);
    const steps = diagram.items.filter((item) => item.type === "step");
    // Title and overview come first.
    expect(pages).toHaveLength(steps.length + 2);
    for (const [i, step] of steps.entries()) {
      expect(pages[i + 2], `slide ${i + 3}`).toContain(packed(`${step.number}. ${step.label}`));
    }
  });
});

const MACRO = `Sub Decide(command As String, from As String, into As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(from, "_blank", 0, hidden())
  If command <> "" Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  End If
  Dim text(1) As New com.sun.star.beans.PropertyValue
  text(0).Name = "FilterName"
  text(0).Value = "Text (encoded)"
  text(1).Name = "FilterOptions"
  text(1).Value = "UTF8,LF,,,"
  document.storeToURL(into, text())
  document.close(True)
End Sub
`;

/** Makes the macro one of the profile's own. */
function addMacro(): void {
  // A profile that is new forgets what it finds.
  office("--terminate_after_init");
  const library = join(folder, "profile", "user", "basic", "Standard");
  mkdirSync(library, { recursive: true });
  const escaped = MACRO.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  writeFileSync(
    join(library, "Callflow.xba"),
    `${head}<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Callflow" script:language="StarBasic">${escaped}</script:module>\n`,
  );
  writeFileSync(
    join(library, "script.xlb"),
    `${head}<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">\n <library:element library:name="Callflow"/>\n</library:library>\n`,
  );
}

/** The text of a document after a command, as LibreOffice writes it. */
function textAfter(command: "" | ".uno:AcceptAllTrackedChanges" | ".uno:RejectAllTrackedChanges", path: string) {
  const into = `${path}${command}.txt`;
  office(`macro:///Standard.Callflow.Decide("${command}","${pathToFileURL(path)}","${pathToFileURL(into)}")`);
  return readFileSync(into, "utf8")
    .replace(/^\ufeff/, "")
    .split(/\r?\n/);
}

describe.skipIf(!there)("EX40: LibreOffice takes the revisions of a change request", () => {
  // The change is called the same on both sides.
  const group: Flow = {
    ...(flows.get("cpm-group-invitation") as Flow),
    changeRequest: { changes: [{ title: "Describe the second client that alerts" }] },
  };
  /** The flow before the change: nobody hears of the second client that alerts. */
  const withoutTwelve: Flow = {
    ...group,
    variants: group.variants.map((variant, i) =>
      i > 0
        ? variant
        : {
            ...variant,
            script: variant.script.toSpliced(1, 0, { kind: "withhold", hop: "clientB2>coreB ALERTING#1" }),
          },
    ),
  };

  it("accepting all gives the new text exactly, and rejecting all the old one", async () => {
    addMacro();
    const [now, before] = [drawn(group), drawn(withoutTwelve)];
    const marked = await write("cr", { ...now, base: before }, "marked.docx", { author: "A" });
    const fresh = textAfter("", await write("cr", now, "now.docx"));
    const old = textAfter("", await write("cr", before, "before.docx"));
    expect(fresh.some((line) => line.startsWith("12."))).toBe(true);
    expect(old).not.toEqual(fresh);
    const withoutEnd = (lines: readonly string[]) => lines.join("\n").trimEnd();
    expect(withoutEnd(textAfter(".uno:AcceptAllTrackedChanges", marked))).toBe(withoutEnd(fresh));
    expect(withoutEnd(textAfter(".uno:RejectAllTrackedChanges", marked))).toBe(withoutEnd(old));
  }, 300_000);
});
