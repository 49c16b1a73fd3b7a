import { describe, expect, it } from "vitest";
import { completions, kindOf } from "./drafts.ts";

describe("I20: names", () => {
  it("are completed from the catalogue, those first that start so", () => {
    expect(completions("alert")[0]).toBe("ALERTING response");
    expect(completions("180")[0]).toBe("180 Ringing");
    expect(completions("cancel conf")).toEqual(["confirmation of the cancellation request"]);
    expect(completions("")).toEqual([]);
  });

  it("say whether an arrow is a request or a response", () => {
    expect(kindOf("ALERTING response", "request")).toBe("response");
    expect(kindOf("CPM Session Invitation", "response")).toBe("request");
    expect(kindOf("487 Request Terminated", "request")).toBe("response");
    expect(kindOf("CPM Chat Message", "request")).toBe("media");
    expect(kindOf("Something of my own", "response")).toBe("response");
  });
});
