import type { Tag } from "../electron/export/ooxml/xml-tags.ts";
import { attributes, least, sequences, values } from "./ooxml-sequences.ts";

interface Element {
  readonly name: string;
  readonly prefix: string;
  readonly tag: Tag;
  readonly children: string[];
}

/** Where a part is not as its schema has it: children that are missing, too many, unknown or in another order; attributes. */
export function schemaFaults(part: string, tags: readonly Tag[]): readonly string[] {
  const faults: string[] = [];
  const open: Element[] = [];
  for (const tag of tags) {
    const name = `${tag.prefix}:${tag.name}`;
    if (tag.kind === "end") {
      const element = open.pop();
      if (element !== undefined) faults.push(...childFaults(element).map((fault) => `${part}: ${fault}`));
      continue;
    }
    const parent = open.at(-1);
    parent?.children.push(name);
    faults.push(...attributeFaults(name, parent?.name, tag).map((fault) => `${part}: ${fault}`));
    const element = { name, prefix: tag.prefix, tag, children: [] };
    if (tag.kind === "start") open.push(element);
    else faults.push(...childFaults(element).map((fault) => `${part}: ${fault}`));
  }
  return faults;
}

interface Slot {
  readonly names: readonly string[];
  readonly count: "" | "!" | "*" | "+";
}

const slots = new Map<string, { readonly anyOrder: boolean; readonly list: readonly Slot[] }>();

function slotsOf(element: string, written: string) {
  const known = slots.get(element);
  if (known !== undefined) return known;
  const prefix = element.slice(0, element.indexOf(":"));
  const words = written.split(" ").filter((word) => word !== "");
  const anyOrder = words[0] === "any";
  const list = (anyOrder ? words.slice(1) : words).map((word): Slot => {
    const count = (word.match(/[!*+]$/)?.[0] ?? "") as Slot["count"];
    const names = word.replace(/[!*+]$/, "").split("/");
    return { names: names.map((name) => (name.includes(":") ? name : `${prefix}:${name}`)), count };
  });
  const made = { anyOrder, list };
  slots.set(element, made);
  return made;
}

function childFaults({ name, children }: Element): readonly string[] {
  const faults: string[] = [];
  if (children.length < (least[name] ?? 0)) faults.push(`${name} has ${children.length} children`);
  const written = sequences[name];
  if (written === undefined) return faults;
  const { anyOrder, list } = slotsOf(name, written);
  const counts = list.map(() => 0);
  let at = 0;
  for (const child of children) {
    if (child === "mc:AlternateContent") continue;
    const slot = list.findIndex(({ names }) => names.includes(child));
    if (slot < 0) faults.push(`${name} has no ${child}`);
    else {
      if (!anyOrder && slot < at) faults.push(`${child} stands too late in ${name}: ${children.join(" ")}`);
      at = Math.max(at, slot);
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }
  for (const [i, { names, count }] of list.entries()) {
    const found = counts[i] ?? 0;
    if ((count === "!" || count === "+") && found === 0) faults.push(`${name} lacks ${names.join(" or ")}`);
    if ((count === "!" || count === "") && found > 1) faults.push(`${name} has ${found} of ${names.join(" or ")}`);
  }
  const [first] = children;
  const heads: Readonly<Record<string, string>> = {
    "w:p": "w:pPr",
    "w:r": "w:rPr",
    "w:tc": "w:tcPr",
    "w:tr": "w:trPr",
  };
  const head = heads[name];
  if (head !== undefined && children.includes(head) && first !== head)
    faults.push(`${head} is not the first of ${name}`);
  if (name === "w:tc" && children.findLast((child) => !/Range|bookmark/.test(child)) !== "w:p")
    faults.push("a cell does not end with a paragraph");
  if (name === "w:body" && children.includes("w:sectPr") && children.at(-1) !== "w:sectPr")
    faults.push("w:sectPr is not the last of w:body");
  if (name === "p:spTree" && `${children.slice(0, 2)}` !== "p:nvGrpSpPr,p:grpSpPr")
    faults.push(`${name} begins with ${children.slice(0, 2)}`);
  return faults;
}

function attributeFaults(name: string, parent: string | undefined, tag: Tag): readonly string[] {
  const faults: string[] = [];
  const needed = name === "a:ext" && parent === "a:xfrm" ? "cx+ cy+" : (attributes[name] ?? "");
  // In paragraphs and rows these are marks of the same kind; run properties without an author there are none.
  for (const word of needed.split(" ").filter((one) => one !== "")) {
    const id = word.replace(/[#+]$/, "");
    const value = tag.attributes.get(id);
    if (value === undefined) faults.push(`${name} lacks ${id}`);
    else if (word.endsWith("#") && !/^-?\d+$/.test(value)) faults.push(`${name} has ${id}="${value}", no whole number`);
    else if (word.endsWith("+") && !/^\d+$/.test(value))
      faults.push(`${name} has ${id}="${value}", below zero or broken`);
  }
  for (const [id, value] of tag.attributes) {
    const allowed = values[`${name} ${id}`];
    if (allowed !== undefined && !allowed.split(" ").includes(value)) faults.push(`${name} has ${id}="${value}"`);
    if (name === "a:rPr" && id === "sz" && !(/^\d+$/.test(value) && Number(value) >= 100 && Number(value) <= 400_000))
      faults.push(`${name} has sz="${value}"`);
    if (name === "a:ln" && id === "w" && !/^\d+$/.test(value)) faults.push(`${name} has w="${value}"`);
  }
  return faults;
}
