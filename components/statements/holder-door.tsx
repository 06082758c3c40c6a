"use client";

import { useState } from "react";
import { MadeLink } from "@/components/data-room/groups/made-link";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextLink } from "@/components/ui/link";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { makeHolderLink, revokeHolder } from "@/lib/distribution/actions/records";
import type { AccessLine } from "@/lib/distribution/queries/records/statements";
import { formatDay, formatMoment } from "@/lib/format";
import { RecordProblem } from "./problem";
import { DEED_WORDS, recordSentence } from "./words";

type HolderDoorProps = { name: string; access: AccessLine; zone: string; mayPrepare: boolean };

/** A holder's door: who may come in until when, what they did, the link where no mail goes, and its end. */
export function HolderDoor({ name, access, zone, mayPrepare }: HolderDoorProps) {
  const { busy, refusal, run, dialog } = useChange();
  const [link, setLink] = useState<string | null>(null);
  const { id: accessId, version, state, emails, expiresOn, memoId } = access;
  async function make() {
    const made = await run(() => makeHolderLink({ accessId, version }));
    if (made) setLink(`${window.location.origin}/room/${made.value.link}`);
  }
  return (
    <>
      <Dialog title={`${name}: access`} trigger={<Button variant="bare">Access</Button>}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <p className="text-muted">
            {emails.join(", ")}, until {formatDay(expiresOn)}. <TextLink href={`/inbox/${memoId}`}>The memo</TextLink>
          </p>
          {access.revokedReason ? <p>Taken back: {access.revokedReason}.</p> : null}
          {link ? <MadeLink link={link} to="holder" /> : null}
          <Letters access={access} />
          <Codes access={access} zone={zone} />
          <Activity access={access} zone={zone} />
          <RecordProblem code={refusal} />
          {state === "open" && mayPrepare ? (
            <div className="flex flex-wrap gap-2">
              <Button busy={busy} onClick={make}>
                {access.linkMadeAt ? "Make a new link" : "Make the link"}
              </Button>
              <ReasonDialog
                title={`Take back the access of ${name}?`}
                description="They are out at once, and the link is dead. To let them in again the chairman decides anew."
                trigger={<Button variant="danger">Take back</Button>}
                confirmLabel="Take back"
                done="Access is taken back."
                sentence={recordSentence}
                send={(reason) => revokeHolder({ accessId, reason })}
              />
            </div>
          ) : null}
        </div>
      </Dialog>
      {dialog}
    </>
  );
}

function Letters({ access: { letters } }: { access: AccessLine }) {
  if (letters.length === 0)
    return <p className="text-sm">No letter was sent. Make a link, and hand it over yourself.</p>;
  return (
    <ul className="text-sm">
      {letters.map(({ to, state, why }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: letters have no order of their own but this one
        <li key={index}>
          Letter to {to}: {state}
          {why ? ` (${why})` : ""}
        </li>
      ))}
    </ul>
  );
}

/** Where no mail can be sent: somebody of the holding reads the code out to a number known before. */
function Codes({ access: { codes }, zone }: { access: AccessLine; zone: string }) {
  if (codes.length === 0) return null;
  return (
    <ul className="grid gap-1 border-l-3 border-edge bg-wash px-3 py-2 text-sm">
      {codes.map(({ email, code, until }) => (
        <li key={`${email} ${code}`}>
          Code for {email}: <strong className="tabular-nums">{code}</strong>, until{" "}
          {formatMoment(new Date(until), zone)}
        </li>
      ))}
    </ul>
  );
}

function Activity({ access: { activity }, zone }: { access: AccessLine; zone: string }) {
  if (activity.length === 0) return <p className="text-sm text-muted">Nobody has come in yet.</p>;
  return (
    <ol className="grid gap-1 text-sm">
      {activity.map(({ email, kind, at }) => (
        <li key={`${at} ${kind}`}>
          {formatMoment(new Date(at), zone)}: {email} {DEED_WORDS[kind] ?? kind}
        </li>
      ))}
    </ol>
  );
}
