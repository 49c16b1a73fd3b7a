import { describe, expect, it } from "vitest";
import { type Entry, families, folderOf, foundParticipants, matches } from "./search.ts";

const group: Entry = {
  id: "cpm/group",
  group: "CPM",
  title: "Group Session Invitation",
  clause: "C.1.2.3",
  description: "A user has several devices.",
  participants: ["CPM Client B1", "SIP/IP Core B"],
};
const busy: Entry = { id: "sip/busy", group: "SIP", title: "Unsuccessful Busy", clause: "RFC 3665 §3.9" };

describe("library search", () => {
  it("W60 finds by title, clause and participant, whatever the case and the order of words", () => {
    expect(matches(group, "invitation GROUP")).toBe(true);
    expect(matches(group, "c.1.2")).toBe(true);
    expect(matches(group, "client b1")).toBe(true);
    expect(matches(group, "client b7")).toBe(false);
    expect(matches(busy, "3665 busy")).toBe(true);
    expect(matches({ ...busy, title: "Café" }, "cafe")).toBe(true);
  });

  it("W60 an empty query finds all, in families", () => {
    expect(
      families([group, busy, { ...group, id: "x" }], "  ").map(({ name, entries }) => [name, entries.length]),
    ).toEqual([
      ["CPM", 2],
      ["SIP", 1],
    ]);
    expect(families([group, busy], "busy").map(({ name }) => name)).toEqual(["SIP"]);
  });

  it("W60 says through which participant a flow was found, only where nothing else shows it", () => {
    expect(foundParticipants(group, "core b")).toEqual(["CPM Client B1", "SIP/IP Core B"].slice(0, 2));
    expect(foundParticipants(group, "b1")).toEqual(["CPM Client B1"]);
    expect(foundParticipants(group, "group")).toEqual([]);
    expect(foundParticipants(group, "")).toEqual([]);
  });

  it("W62 tells files of one name apart by their folders", () => {
    expect(folderOf("/a/b/c.flow.json")).toBe("/a/b");
    expect(folderOf("C:\\flows\\c.flow.json")).toBe("C:\\flows");
    expect(folderOf("/c.flow.json")).toBe("/");
    expect(folderOf("c.flow.json")).toBe("");
  });
});
