import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { GuestDocument, GuestSection } from "@/lib/data-room/queries/guest-view";
import { formatDay, plural } from "@/lib/format";
import { sizeText, typeText } from "../words";
import { GuestSearch } from "./guest-search";

/** The part of the index that this group sees. `link` is null where an analyst looks as the group would. */
export function GuestIndex({ sections, link }: { sections: readonly GuestSection[]; link: string | null }) {
  if (sections.length === 0)
    return (
      <EmptyState title="Nothing to read yet">
        Documents appear here as they are placed in the folders that are open to you.
      </EmptyState>
    );
  return (
    <div className="grid gap-8">
      {link ? <GuestSearch link={link} /> : null}
      {sections.length > 2 ? <Contents sections={sections} /> : null}
      {sections.map((section) => (
        <div key={section.number} id={`section-${section.number}`} className="scroll-mt-4">
          <Section title={`${section.number} ${section.title}`}>
            <ul className="grid gap-3">
              {section.items.map((item) => (
                <li key={item.number}>
                  <h3 className="text-sm font-medium">
                    {section.number}.{item.number} {item.title}
                  </h3>
                  {item.documents.length === 0 ? (
                    <p className="text-sm text-muted">None: {item.absentBecause}</p>
                  ) : null}
                  <ul className="divide-y divide-line">
                    {item.documents.map((document) => (
                      <li key={document.id} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1">
                        <Title document={document} link={link} />
                        <span className="text-sm text-muted">
                          {typeText(document.type)}, {sizeText(document.sizeBytes)},{" "}
                          {formatDay(document.uploadedAt.slice(0, 10))}
                          {document.level === "view" ? ", to view" : ", to view or download"}
                        </span>
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ul>
          </Section>
        </div>
      ))}
    </div>
  );
}

function Contents({ sections }: { sections: readonly GuestSection[] }) {
  return (
    <nav aria-label="Index" className="border-y border-line py-2">
      <ol className="gap-x-8 text-sm sm:columns-2">
        {sections.map(({ number, title, items }) => (
          <li key={number} className="flex justify-between gap-3 py-1">
            <TextLink quiet href={`#section-${number}`}>
              {number} {title}
            </TextLink>
            <span className="text-muted">{plural(countOf(items), "document")}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

const countOf = (items: GuestSection["items"]): number =>
  items.reduce((total, { documents }) => total + documents.length, 0);

function Title({ document, link }: { document: GuestDocument; link: string | null }) {
  const text = `${document.number} ${document.title}`;
  if (!link) return <span>{text}</span>;
  return (
    <TextLink quiet href={`/room/${link}/documents/${document.id}`}>
      {text}
    </TextLink>
  );
}
