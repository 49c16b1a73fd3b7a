// The one flow that everything is measured on, in the language of each program: eight participants, labelled messages,
// requests solid and responses dashed, numbers, and a note after every ten messages. The same at every run.

export const participants = ["alice", "coreA", "functionA", "control", "functionB", "coreB", "bob", "carol"];

/**
 * @typedef {{ from: string, to: string, label: string, response: boolean, note?: string }} Message
 * @typedef {"callflow" | "mermaid" | "mscgen" | "mscGenerator" | "plantuml" | "zenuml"} Language
 */

const requests = ["INVITE", "UPDATE", "MESSAGE", "BYE", "CANCEL", "PRACK", "SUBSCRIBE"];
const responses = ["180 Ringing", "200 OK", "183 Session Progress", "202 Accepted", "487 Request Terminated"];

/**
 * The messages of a flow of that length. Ends vary, so that arrows of every length and both directions occur.
 * @param {number} count
 * @returns {Message[]}
 */
export function messages(count) {
  const made = [];
  for (let i = 0; i < count; i++) {
    const from = (i * 3 + Math.floor(i / 8)) % 8;
    const to = (from + 1 + ((i * 5 + Math.floor(i / 56)) % 7)) % 8;
    const response = i % 3 === 2;
    const names = response ? responses : requests;
    made.push({
      from: participants[from] ?? "",
      to: participants[to] ?? "",
      label: `${names[i % names.length]} session ${Math.floor(i / 6) + 1}`,
      response,
      ...(i % 10 === 9 ? { note: `Session ${Math.floor(i / 6) + 1} is in the state it had before the transfer` } : {}),
    });
  }
  return made;
}

/** @param {readonly Message[]} list */
function callflow(list) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {object[]} */
  const notes = [];
  /** @type {object[]} */
  const script = [];
  for (const { from, to, label, response, note } of list) {
    const edge = `${from}>${to} ${label}`;
    const count = (counts.get(edge) ?? 0) + 1;
    counts.set(edge, count);
    script.push({ kind: "inject", from, to, message: { label, kind: response ? "response" : "request" } });
    if (note !== undefined) notes.push({ at: `${edge}#${count}`, over: [from, to], text: note });
  }
  const flow = {
    format: "callflow",
    version: 1,
    title: `A flow of ${list.length} messages`,
    scenario: { participants: participants.map((id) => ({ id, name: id, role: "other" })) },
    variants: [{ id: "main", title: "Main", script: [] }],
    notes: [],
  };
  // As the app writes it: a choice a line.
  const lines = (/** @type {object[]} */ items) => items.map((item) => `\n${JSON.stringify(item)}`).join(",");
  return JSON.stringify(flow)
    .replace('"script":[]', () => `"script":[${lines(script)}]`)
    .replace('"notes":[]', () => `"notes":[${lines(notes)}]`);
}

/** @param {readonly Message[]} list */
function mermaid(list) {
  const lines = ["sequenceDiagram", "autonumber", ...participants.map((id) => `participant ${id}`)];
  for (const { from, to, label, response, note } of list) {
    lines.push(`${from}${response ? "-->>" : "->>"}${to}: ${label}`);
    if (note !== undefined) lines.push(`Note over ${from},${to}: ${note}`);
  }
  return lines.join("\n");
}

/** MscGen numbers nothing by itself: the numbers stand in the labels. @param {readonly Message[]} list */
function mscgen(list) {
  const lines = ["msc {", `${participants.join(", ")};`];
  list.forEach(({ from, to, label, response, note }, i) => {
    lines.push(`${from} ${response ? ">>" : "=>"} ${to} [label="${i + 1}. ${label}"];`);
    if (note !== undefined) lines.push(`${from} note ${to} [label="${note}"];`);
  });
  return `${lines.join("\n")}\n}\n`;
}

/** @param {readonly Message[]} list */
function mscGenerator(list) {
  const lines = ["numbering=yes;", `${participants.join(", ")};`];
  for (const { from, to, label, response, note } of list) {
    lines.push(`${from}${response ? ">>" : "->"}${to}: ${label};`);
    if (note !== undefined) lines.push(`${from}--${to}: ${note} [number=no];`);
  }
  return `${lines.join("\n")}\n`;
}

/** @param {readonly Message[]} list */
function plantuml(list) {
  const lines = ["@startuml", "autonumber", ...participants.map((id) => `participant ${id}`)];
  for (const { from, to, label, response, note } of list) {
    lines.push(`${from} ${response ? "-->" : "->"} ${to} : ${label}`);
    if (note !== undefined) lines.push(`note over ${from},${to} : ${note}`);
  }
  return `${lines.join("\n")}\n@enduml\n`;
}

/** ZenUML has no notes: a comment over the next message is the nearest. @param {readonly Message[]} list */
function zenuml(list) {
  const lines = [...participants];
  for (const { from, to, label, note } of list) {
    lines.push(`${from}->${to}: ${label}`);
    if (note !== undefined) lines.push(`// ${note}`);
  }
  return lines.join("\n");
}

const writers = { callflow, mermaid, mscgen, mscGenerator, plantuml, zenuml };

/**
 * The flow as source text.
 * @param {Language} language
 * @param {number} count how many messages
 */
export function source(language, count) {
  return writers[language](messages(count));
}
