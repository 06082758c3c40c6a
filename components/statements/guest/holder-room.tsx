import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { HolderRoom as Room } from "@/lib/distribution/queries/records/holder-view";
import { formatDay } from "@/lib/format";
import { HolderLeave } from "./holder-leave";

type HolderRoomProps = { link: string; room: Room; name: string; email: string; until: string };

/** All that a holder sees: their own statements, newest first. */
export function HolderRoom({ link, room: { venture, statements }, name, email, until }: HolderRoomProps) {
  return (
    <>
      <PageHeader
        title={`Statements of ${name}`}
        lead={`The sale of ${venture}. You are ${email}. Open until ${formatDay(until)}. What you open is recorded and carries your address.`}
        actions={<HolderLeave link={link} />}
      />
      {statements.length === 0 ? (
        <EmptyState title="No statement is open to you">
          It may have been taken back to be corrected. You hear from us when there is a new one.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {statements.map((one) => (
            <li key={one.id} className="grid gap-1 py-4">
              <h2 className="headline text-lg">
                <TextLink href={`/room/${link}/statements/${one.id}`}>
                  Statement in {one.currency}, as of {formatDay(one.asOf)}
                </TextLink>
              </h2>
              <p className="text-muted">
                Revision {one.version}, open to you since {formatDay(one.issuedAt.slice(0, 10))}
                {one.replaced ? "; a later one replaces it" : ""}
              </p>
              {one.reason ? <p>Corrected because: {one.reason}</p> : null}
              <p className="text-sm break-all text-muted">SHA-256 of the file without your mark: {one.hash}</p>
              <p className="flex flex-wrap gap-2 pt-1">
                <a className={buttonStyle("plain")} href={`/room/${link}/statements/${one.id}/download`} download>
                  Download the PDF
                </a>
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
