"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { Section } from "@/components/ui/section";
import { TextInput } from "@/components/ui/text-input";
import { limitQuestions, makeLink, revokeGroup } from "@/lib/data-room/actions/groups";
import type { SectionLine } from "@/lib/data-room/queries";
import type { GroupLine } from "@/lib/data-room/queries/groups";
import { formatDay, formatMoment } from "@/lib/format";
import { GroupForm } from "./group-form";
import { Problem } from "./problem";
import { useSend } from "./use-send";
import { refusalText } from "./words";

const STATE_WORDS = { asked: "waits for the chairman", open: "open", revoked: "taken back", expired: "ended" } as const;

type GroupCardProps = {
  group: GroupLine;
  roomId: string;
  path: string;
  sections: readonly SectionLine[];
  zone: string;
};

/** One buyer: state, people, link, and what can be done. */
export function GroupCard({ group, roomId, path, sections, zone }: GroupCardProps) {
  const { busy, problem, send } = useSend();
  const [link, setLink] = useState<string | null>(null);
  const { id: groupId, version, terms } = group;
  async function make() {
    const made = await send(() => makeLink({ groupId, version }), null);
    if (made) setLink(`${window.location.origin}/room/${made.link}`);
  }
  return (
    <Section title={group.name} aside={<Badge>{STATE_WORDS[group.state]}</Badge>}>
      <div className="grid gap-4">
        <p className="text-sm text-muted">
          {terms ? `${terms.emails.length} named, until ${formatDay(terms.expiresOn)}. ` : ""}
          {group.proposed ? "Wider terms wait for the chairman. " : ""}
          {group.revokedReason ? `Taken back: ${group.revokedReason}. ` : ""}
          {group.linkMadeAt ? `Link made ${formatMoment(new Date(group.linkMadeAt), zone)}. ` : ""}
          {group.memoId ? <TextLink href={`/inbox/${group.memoId}`}>The memo</TextLink> : null}
        </p>
        {link ? (
          <Field
            label="The link, shown this once"
            hint="Hand it to the buyer. Whoever has it still needs an address on the list and its code."
          >
            {(control) => <TextInput {...control} readOnly value={link} onFocus={(event) => event.target.select()} />}
          </Field>
        ) : null}
        <Codes group={group} zone={zone} />
        <People group={group} zone={zone} />
        <div className="flex flex-wrap gap-2">
          {group.state === "open" ? (
            <Button variant="primary" busy={busy} onClick={make}>
              {group.linkMadeAt ? "Make a new link" : "Make the link"}
            </Button>
          ) : null}
          <GroupForm
            key={version}
            roomId={roomId}
            sections={sections}
            group={group}
            trigger={<Button>Change what they see</Button>}
          />
          <ButtonLink href={`${path}/guests/${groupId}`}>View as {group.name}</ButtonLink>
          {group.state === "open" ? (
            <ReasonDialog
              title={`Take back the access of ${group.name}?`}
              description="Everybody of the group is out at once, and the link is dead. To let them in again the chairman decides anew."
              trigger={<Button variant="danger">Take back</Button>}
              confirmLabel="Take back"
              done="Access is taken back."
              sentence={refusalText}
              send={(reason) => revokeGroup({ groupId, reason })}
            />
          ) : null}
        </div>
        <form
          className="flex flex-wrap items-end gap-2"
          action={(form) =>
            void send(() => limitQuestions({ groupId, version, perWeek: Number(form.get("perWeek")) }), "Saved.")
          }
        >
          <Field label="Questions a week">
            {(control) => (
              <TextInput
                {...control}
                numeric
                type="number"
                min={0}
                max={500}
                name="perWeek"
                defaultValue={group.questionsPerWeek}
                className="w-24"
              />
            )}
          </Field>
          <Button type="submit" busy={busy}>
            Set
          </Button>
        </form>
        <Problem text={problem} />
      </div>
    </Section>
  );
}

function Codes({ group, zone }: { group: GroupLine; zone: string }) {
  if (group.codes.length === 0) return null;
  return (
    <div className="border-l-3 border-warning bg-wash px-3 py-2 text-sm">
      <p className="font-medium">
        No mail server is set, so these codes are handed over by you. Make sure that you speak to the person.
      </p>
      <ul>
        {group.codes.map(({ email, code, until }) => (
          <li key={email}>
            {email}: <code className="font-medium">{code}</code> until {formatMoment(new Date(until), zone)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function People({ group, zone }: { group: GroupLine; zone: string }) {
  if (group.people.length === 0) return null;
  return (
    <ul className="text-sm">
      {group.people.map(({ email, agreed, lastSeen }) => (
        <li key={email}>
          {email}: {agreed ? `agreed as ${agreed}` : "has not agreed to the text"}
          {lastSeen ? `; last here ${formatMoment(new Date(lastSeen), zone)}` : ""}
        </li>
      ))}
    </ul>
  );
}
