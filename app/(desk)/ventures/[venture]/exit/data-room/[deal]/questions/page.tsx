import type { Metadata } from "next";
import { QuestionCard } from "@/components/data-room/questions/question-card";
import { SectionOwners } from "@/components/data-room/questions/section-owners";
import { RoomHeader } from "@/components/data-room/room/room-header";
import { TableExport } from "@/components/data-room/room/table-export";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { getRoom } from "@/lib/data-room/queries";
import { listQuestions } from "@/lib/data-room/queries/groups";
import { listAnswerers } from "@/lib/data-room/queries/people";
import { roomOf } from "../../room-of";

export const metadata: Metadata = { title: "Questions" };

export default async function QuestionsPage({ params }: { params: Promise<{ venture: string; deal: string }> }) {
  const actor = await requirePermission("data-room:manage");
  const { head, path, today } = await roomOf(params);
  const [room, questions, people, zone] = await Promise.all([
    getRoom(actor, head.id, today),
    listQuestions(actor, head.id),
    listAnswerers(head.ventureId),
    readerZone(),
  ]);
  const mayApprove = isPermitted(actor.role, "memo:decide");
  return (
    <>
      <RoomHeader
        head={head}
        path={path}
        views={room.views}
        actions={questions.length > 0 ? <TableExport roomId={head.id} tables={["questions"]} /> : null}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-9">
        {questions.length === 0 ? (
          <EmptyState title="No questions yet">
            What guests ask comes here, to the owner of its section. An answer is drafted, approved by the chairman,
            then published to one or to all.
          </EmptyState>
        ) : (
          <ul>
            {questions.map((question) => (
              <QuestionCard key={question.id} question={question} people={people} mayApprove={mayApprove} zone={zone} />
            ))}
          </ul>
        )}
        <Section title="Who answers for a section">
          <SectionOwners roomId={head.id} sections={room.sections} people={people} />
        </Section>
      </div>
    </>
  );
}
