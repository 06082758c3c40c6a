"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { Section } from "@/components/ui/section";
import { makeLink, revokeGroup } from "@/lib/data-room/actions/groups";
import type { SectionLine } from "@/lib/data-room/queries";
import type { GroupLine } from "@/lib/data-room/queries/groups";
import { grantLines } from "@/lib/data-room/rules/terms";
import { formatDay, formatMoment } from "@/lib/format";
import { Problem } from "../problem";
import { useSend } from "../use-send";
import { refusalText } from "../words";
import { GroupForm } from "./group-form";
import { GroupCodes, GroupPeople } from "./group-people";
import { MadeLink } from "./made-link";
import { QuestionLimit } from "./question-limit";

type GroupCardProps = {
  group: GroupLine;
  roomId: string;
  path: string;
  sections: readonly SectionLine[];
  zone: string;
};

function stateWord({ state, declined }: GroupLine): string {
  if (state === "asked") return declined ? "declined" : "waits for the chairman";
  return { open: "open", revoked: "taken back", expired: "ended" }[state];
}

/** One buyer: state, people, link, and what can be done. */
export function GroupCard({ group, roomId, path, sections, zone }: GroupCardProps) {
  const { busy, problem, send } = useSend();
  const [link, setLink] = useState<string | null>(null);
  const { id: groupId, version, state, name } = group;
  async function make() {
    const made = await send(() => makeLink({ groupId, version }), null);
    if (made) setLink(`${window.location.origin}/room/${made.link}`);
  }
  return (
    <Section title={name} aside={<Badge>{stateWord(group)}</Badge>}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <GroupTerms group={group} sections={sections} zone={zone} />
        {link ? <MadeLink link={link} /> : null}
        <GroupCodes group={group} zone={zone} />
        <GroupPeople group={group} zone={zone} />
        <div className="flex flex-wrap gap-2">
          {state === "open" ? (
            <Button variant={group.linkMadeAt ? "plain" : "primary"} busy={busy} onClick={make}>
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
          <ButtonLink href={`${path}/guests/${groupId}`}>View as {name}</ButtonLink>
          {state === "open" ? (
            <ReasonDialog
              title={`Take back the access of ${name}?`}
              description="Everybody of the group is out at once, and the link is dead. To let them in again the chairman decides anew."
              trigger={<Button variant="danger">Take back</Button>}
              confirmLabel="Take back"
              done="Access is taken back."
              sentence={refusalText}
              send={(reason) => revokeGroup({ groupId, reason })}
            />
          ) : null}
        </div>
        <QuestionLimit group={group} />
        <Problem text={problem} />
      </div>
    </Section>
  );
}

/** Until when, which folders, and what is asked beyond that. */
function GroupTerms({ group, sections, zone }: Pick<GroupCardProps, "group" | "sections" | "zone">) {
  const { terms, proposed, declined, revokedReason, linkMadeAt, memoId } = group;
  const shown = terms ?? proposed;
  const titles = new Map(sections.map(({ number, title }) => [number, title]));
  const grants = grantLines(shown?.grants.filter(({ level }) => level !== "none") ?? [], titles);
  return (
    <div className="grid gap-1 text-sm text-muted">
      {shown ? (
        <p>
          {terms ? "Until" : "Asked until"} {formatDay(shown.expiresOn)}: {grants.join("; ") || "no folder"}.
        </p>
      ) : null}
      {terms && proposed ? (
        <p>{declined ? "Wider terms were declined." : "Wider terms wait for the chairman."}</p>
      ) : null}
      {revokedReason ? <p>Taken back: {revokedReason}.</p> : null}
      {linkMadeAt ? <p>Link made {formatMoment(new Date(linkMadeAt), zone)}.</p> : null}
      {memoId ? (
        <p>
          <TextLink href={`/inbox/${memoId}`}>The memo</TextLink>
        </p>
      ) : null}
    </div>
  );
}
