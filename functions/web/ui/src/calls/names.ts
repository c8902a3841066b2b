// Who a caller is: the name that their network brings, and without one the name that the conversation knows.

import type { Call, Party } from "../api/call-types";

/** A call with its customer named in every place, where anybody knows the name. */
export function named(call: Call, contact: string): Call {
  const name = isName(call.name, call.number) ? call.name : contact;
  if (!name) return call;
  return { ...call, name, parties: call.parties.map((party) => namedParty(party, name)) };
}

function namedParty(party: Party, name: string): Party {
  return party.kind !== "customer" || isName(party.name, party.id) ? party : { ...party, name };
}

/** Some networks say the number again. */
function isName(name: string, number: string): boolean {
  return name !== "" && name !== number;
}
