import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/link";
import { LinkTabs } from "@/components/ui/link-tabs";
import { stageWords } from "./stage-words";

type VentureHeadProps = {
  venture: {
    slug: string;
    name: string;
    sector: string;
    country: string;
    currency: string;
    stage: "mature" | "active" | "exited";
  };
  openSubstages: readonly string[];
};

const countryName = (code: string): string => new Intl.DisplayNames("en-GB", { type: "region" }).of(code) ?? code;

/** Above every page of a venture: who it is, where it stands, and its pages. The page below brings the h1. */
export function VentureHead({ venture, openSubstages }: VentureHeadProps) {
  const path = `/ventures/${venture.slug}`;
  return (
    <header className="mb-6">
      <p className="text-sm text-muted">
        <TextLink href="/ventures">Ventures</TextLink> / {venture.sector} · {countryName(venture.country)} ·{" "}
        {venture.currency}
      </p>
      <div className="mb-3 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <p className="headline text-2xl">{venture.name}</p>
        <Badge>{stageWords(venture.stage, openSubstages)}</Badge>
      </div>
      <LinkTabs
        label={venture.name}
        tabs={[
          { href: path, label: "Overview" },
          { href: `${path}/stage`, label: "Stage" },
          { href: `${path}/growth`, label: "Growth" },
          { href: `${path}/exit`, label: "Exit" },
          { href: `${path}/deal`, label: "Deal" },
          { href: `${path}/data`, label: "Data" },
          { href: `${path}/activity`, label: "Activity" },
          { href: `${path}/settings`, label: "Settings" },
        ]}
      />
    </header>
  );
}
