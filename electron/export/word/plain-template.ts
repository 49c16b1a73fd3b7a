import { OFFICE, packageWriter, XML_HEAD } from "../ooxml/package.ts";
import { type Entries, readPackage } from "../ooxml/read-package.ts";
import { plainNumbering } from "./numbering.ts";
import { plainStyles, W } from "./styles.ts";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";

const field = (instruction: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;

/** A4 with 2 cm at each edge. */
const DOCUMENT = `${XML_HEAD}<w:document xmlns:w="${W}" xmlns:r="${OFFICE}"><w:body><w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`;
const FOOTER = `${XML_HEAD}<w:ftr xmlns:w="${W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">Page </w:t></w:r>${field("PAGE")}<w:r><w:t xml:space="preserve"> of </w:t></w:r>${field("NUMPAGES")}</w:p></w:ftr>`;
const SETTINGS = `${XML_HEAD}<w:settings xmlns:w="${W}"><w:defaultTabStop w:val="709"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;

let made: Entries | undefined;

/** The document that ours are written into when the user gives no template: styles of Word's own names, no content. */
export function plainTemplate(): Entries {
  if (made !== undefined) return made;
  const writer = packageWriter();
  const part = (name: string, kind: string, content: string) =>
    writer.add({ name: `word/${name}.xml`, type: `${WORD}.${kind}+xml`, content });
  writer.add({
    name: "word/document.xml",
    type: `${WORD}.document.main+xml`,
    content: DOCUMENT,
    relations: [
      { id: "rId1", type: "styles", target: "word/styles.xml" },
      { id: "rId2", type: "numbering", target: "word/numbering.xml" },
      { id: "rId3", type: "settings", target: "word/settings.xml" },
      { id: "rId4", type: "footer", target: "word/footer1.xml" },
    ],
  });
  part("styles", "styles", plainStyles);
  part("numbering", "numbering", plainNumbering);
  part("settings", "settings", SETTINGS);
  part("footer1", "footer", FOOTER);
  const read = readPackage(writer.finish([{ id: "rId1", type: "officeDocument", target: "word/document.xml" }]));
  if (!read.ok) throw new Error(read.failure.message);
  made = read.value;
  return made;
}
