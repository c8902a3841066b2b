import { describe, expect, it } from "vitest";
import { channelOf, EMPTY_DRAFT, replyChannels, whyMute } from "../../src/inbox/composer/draft";
import { compose } from "../../src/inbox/composer/outgoing";
import { conversation, message, outgoing } from "../fake/company";

const mail = conversation({ id: "c1", channels: ["email", "sms"], last_visible: "m2" });
const seen = [message({ id: "m1", channel: "email" }), message({ id: "m2", channel: "sms" })];

describe("the channel of a reply", () => {
  it("can only be one that the customer was seen on", () => {
    expect(replyChannels(conversation({ id: "c1", channels: ["sms"] }), null)).toEqual(["sms"]);
    expect(replyChannels(mail, null)).toEqual(["email", "sms"]);
  });

  it("is a text for somebody who rang", () => {
    expect(replyChannels(conversation({ id: "c1", channels: ["voice"] }), null)).toEqual(["sms"]);
  });

  it("does not exist for an anonymous caller", () => {
    const anonymous = { id: "ct", name: "", address: "" };
    expect(replyChannels(conversation({ id: "c1", channels: ["voice"], contact: anonymous }), null)).toEqual(
      [],
    );
  });

  it("follows the customer until the agent chooses", () => {
    expect(channelOf(EMPTY_DRAFT, mail, seen, null)).toBe("sms");
    expect(channelOf({ ...EMPTY_DRAFT, channel: "email" }, mail, seen, null)).toBe("email");
  });

  it("ignores a choice that is not possible here", () => {
    const texts = conversation({ id: "c1", channels: ["sms"] });
    expect(channelOf({ ...EMPTY_DRAFT, channel: "email" }, texts, [], null)).toBe("sms");
  });
});

it("a reply that is not possible says why", () => {
  expect(whyMute(mail, "sms")).toBe("");
  expect(whyMute({ ...mail, status: "closed" }, "sms")).toContain("Reopen it");
  expect(whyMute(mail, null)).toContain("no address");
});

describe("pressing send", () => {
  const pressed = { conversation: mail, messages: seen, at: "2026-03-02T09:30:00Z", newId: () => "new" };

  it("says nothing when there is nothing to say", () => {
    expect(compose({ ...pressed, draft: { ...EMPTY_DRAFT, reply: "  \n" } })).toBeNull();
  });

  it("names the latest message that the agent saw", () => {
    expect(compose({ ...pressed, draft: { ...EMPTY_DRAFT, reply: "Yes" } })).toMatchObject({
      seen: "m2",
      channel: "sms",
    });
  });

  it("does not claim to have seen what only the list knows", () => {
    const ahead = { ...mail, last_visible: "m3" };
    const outgoing = compose({ ...pressed, conversation: ahead, draft: { ...EMPTY_DRAFT, reply: "Yes" } });
    expect(outgoing?.seen).toBe("m2");
  });

  it("keeps the request id of a refused reply that is sent unchanged, and only of that", () => {
    const refused = outgoing({ requestId: "old", text: "Yes", channel: "sms" });
    const idOf = (reply: string) =>
      compose({ ...pressed, draft: { ...EMPTY_DRAFT, reply, refused } })?.requestId;
    expect(idOf("Yes")).toBe("old");
    expect(idOf("Yes, at nine")).toBe("new");
  });
});
