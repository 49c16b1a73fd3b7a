import { crc32, deflateRawSync } from "node:zlib";
import { Zip, type ZipInputFile } from "fflate";
import { escapeXml } from "../../../shared/diagram/xml.ts";

/**
 * Office documents are zip files of parts (ECMA-376 part 2): each part has a content type and relations to other parts.
 * Here they are written; `read-package.ts` reads them.
 */

/** One part of a package. Names start at the root, without a slash before them: "ppt/slides/slide1.xml". */
export interface Part {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array;
  readonly relations?: readonly Relation[];
}

export interface Relation {
  readonly id: string;
  /** A whole URI, or the last word of one of `OFFICE`, as "slideLayout". */
  readonly type: string;
  /** Name of a part, as in `Part`; an address where the relation is external. */
  readonly target: string;
  readonly external?: boolean;
}

/** The types of relations between the parts of office documents start with this. */
export const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml";

/** Takes parts one by one and packs each at once, so that a long document is never in memory unpacked. */
export interface PackageWriter {
  readonly add: (part: Part) => void;
  /** Writes what is left, with the relations of the package itself, and gives the whole file. */
  readonly finish: (relations: readonly Relation[]) => Uint8Array;
}

/** A package without parts. What is added in the same order with the same content gives the same bytes. */
export function packageWriter(): PackageWriter {
  const zip = zipWriter();
  const types: ContentType[] = [];
  return {
    add: ({ name, type, content, relations = [] }) => {
      types.push({ name, type });
      zip.add(name, content);
      if (relations.length > 0) zip.add(relationsName(name), relationsXml(name, relations));
    },
    finish: (relations) => {
      zip.add("_rels/.rels", relationsXml("", relations));
      zip.add("[Content_Types].xml", contentTypesXml(types));
      return zip.finish();
    },
  };
}

export interface ContentType {
  readonly name: string;
  readonly type: string;
}

/** Packs a long deck in two thirds of the time that zlib's own choice takes, and a tenth larger. */
const LEVEL = 4;

/** How the bytes of an entry are kept (APPNOTE, 4.4.5). */
const STORED = 0;
const DEFLATED = 8;

/** A zip file into which entries go one after the other. */
export function zipWriter(): {
  readonly add: (name: string, content: string | Uint8Array) => void;
  readonly finish: () => Uint8Array;
} {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  return {
    add: (name, content) => {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      // Pictures that are compressed already only cost time.
      const stored = /\.(png|jpe?g)$/.test(name);
      // By the platform, which is several times faster than fflate.
      const packed = stored ? new Uint8Array(bytes) : deflateRawSync(bytes, { level: LEVEL });
      const entry: ZipInputFile = {
        filename: name,
        size: bytes.length,
        crc: crc32(bytes),
        compression: stored ? STORED : DEFLATED,
        // Part of the format and of no meaning here; the earliest that it can say, so that equal documents are equal files.
        mtime: "1980-01-01T00:00:00",
      };
      zip.add(entry);
      entry.ondata?.(null, packed, true);
    },
    finish: () => {
      zip.end();
      return joined(chunks);
    },
  };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The name of the part that holds a part's relations; of the package's own for "". */
export function relationsName(part: string): string {
  const cut = part.lastIndexOf("/") + 1;
  return `${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`;
}

/** The relations of a part as they are written into their own part. */
export function relationsXml(part: string, relations: readonly Relation[]): string {
  const list = relations.map((relation) => relationXml(part, relation)).join("");
  return `${XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list}</Relationships>`;
}

/** One relation of a part, the target seen from the part. */
export function relationXml(part: string, { id, type, target, external = false }: Relation): string {
  const uri = type.includes(":") ? type : `${OFFICE}/${type}`;
  const to = external ? `${escapeXml(target)}" TargetMode="External` : escapeXml(relativeName(part, target));
  return `<Relationship Id="${id}" Type="${uri}" Target="${to}"/>`;
}

function relativeName(from: string, to: string): string {
  const source = from.split("/").slice(0, -1);
  const target = to.split("/");
  let same = 0;
  while (same < source.length && same < target.length - 1 && source[same] === target[same]) same++;
  return [...source.slice(same).map(() => ".."), ...target.slice(same)].join("/");
}

export function contentTypeXml({ name, type }: ContentType): string {
  return `<Override PartName="/${escapeXml(name)}" ContentType="${type}"/>`;
}

function contentTypesXml(types: readonly ContentType[]): string {
  const own = types.map(contentTypeXml).join("");
  return `${XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="${RELATIONS_TYPE}"/><Default Extension="xml" ContentType="application/xml"/>${own}</Types>`;
}
