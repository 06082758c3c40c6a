import { Notice } from "@/components/ui/notice";
import type { GroupLine, GroupPerson } from "@/lib/data-room/queries/groups";
import { formatMoment } from "@/lib/format";

type GroupProps = { group: GroupLine; zone: string };

/** Codes that wait, where no mail server is set. */
export function GroupCodes({ group, zone }: GroupProps) {
  if (group.codes.length === 0) return null;
  return (
    <Notice level="warning" word="hand over">
      <p>No mail server is set, so you hand these codes over. Make sure that you speak to the person.</p>
      <ul>
        {group.codes.map(({ email, code, until }) => (
          <li key={email}>
            {email}: <code className="font-medium">{code}</code> until {formatMoment(new Date(until), zone)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Everybody who may come, and who has been here. */
export function GroupPeople({ group, zone }: GroupProps) {
  if (group.people.length === 0) return null;
  return (
    <ul className="text-sm break-words">
      {group.people.map((person) => (
        <li key={person.email}>
          {person.email}: {standing(person, zone)}
        </li>
      ))}
    </ul>
  );
}

function standing({ named, agreed, lastSeen }: GroupPerson, zone: string): string {
  const moment = (at: string) => formatMoment(new Date(at), zone);
  const said = agreed
    ? `agreed to version ${agreed.version} as ${agreed.as}, ${moment(agreed.at)}`
    : lastSeen
      ? "has not agreed to the text"
      : "has not come yet";
  return [said, lastSeen ? `last here ${moment(lastSeen)}` : null, named ? null : "no longer on the list"]
    .filter(Boolean)
    .join("; ");
}
