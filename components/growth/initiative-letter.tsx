import { Disclosure } from "@/components/ui/disclosure";
import type { StartInitiative } from "@/lib/decisions/schema";
import { announcementBody, hostOf } from "@/lib/growth/rules/initiatives/initiative-outbound";

/** Exactly what leaves the holding when this is approved, and where it goes. */
export function InitiativeLetter({ venture, action }: { venture: string; action: StartInitiative }) {
  const outbound = action.outbound ?? [];
  if (outbound.length === 0) return null;
  return (
    <Disclosure summary={`What is sent to ${outbound.map(({ url }) => hostOf(url)).join(", ")}`}>
      <ul>
        {outbound.map(({ endpointId, name, url, tool }) => (
          <li key={`${endpointId} ${tool ?? ""}`} className="text-sm break-all">
            {name}: {url}
            {tool ? `, tool ${tool}` : ""}
          </li>
        ))}
      </ul>
      <pre className="mt-1 text-sm break-all whitespace-pre-wrap">{announcementBody(venture, action)}</pre>
    </Disclosure>
  );
}
