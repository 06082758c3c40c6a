import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/section";
import type { GuestTalk as Talk } from "@/lib/data-room/queries/guest-view";
import { plural } from "@/lib/format";
import { AskForm } from "./ask-form";

type GuestTalkProps = { link: string; talk: Talk; sections: readonly { number: number; title: string }[] };

/** The group's own questions, and answers that everybody got. */
export function GuestTalk({ link, talk, sections }: GuestTalkProps) {
  return (
    <div className="grid gap-8">
      <Section title="Your questions" aside={`${plural(talk.left, "question")} left this week`}>
        <div className="grid gap-4">
          {talk.left > 0 ? (
            <div>
              <AskForm link={link} documentId={null} sections={sections} />
            </div>
          ) : null}
          <ul className="grid gap-3">
            {talk.own.map((question) => (
              <li key={question.number}>
                <p>
                  <strong className="font-medium">{question.text}</strong> <Badge>{question.status}</Badge>
                </p>
                {question.answer ? (
                  <p className="prose-width whitespace-pre-wrap text-muted">{question.answer}</p>
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      </Section>
      {talk.faq.length > 0 ? (
        <Section title="Answers to all">
          <dl className="grid gap-3">
            {talk.faq.map((entry) => (
              <div key={entry.number}>
                <dt className="font-medium">{entry.text}</dt>
                <dd className="prose-width whitespace-pre-wrap text-muted">{entry.answer}</dd>
              </div>
            ))}
          </dl>
        </Section>
      ) : null}
    </div>
  );
}
