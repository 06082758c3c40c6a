import { FigureValue } from "@/components/figures/figure-value";
import type { FigureView } from "@/lib/figures/schema";
import type { StoredNode, TreeEdit } from "@/lib/growth/schema/driver-tree";
import { DriverEdit, type EditableNode } from "./driver-edit";
import { OPERATION_WORDS } from "./driver-words";

export type LeafView = { figure: FigureView; growth: FigureView | null };

type DriverTreeProps = {
  ventureId: string;
  version: number;
  tree: StoredNode;
  leaves: ReadonlyMap<string, LeafView>;
  mayEdit: boolean;
};

const isLeaf = (node: StoredNode) => !("operation" in node);

function kindsOf(
  node: StoredNode,
  { root, opening }: { root: boolean; opening: boolean },
): readonly TreeEdit["kind"][] {
  if (opening) return ["set", "rename"];
  const out: readonly TreeEdit["kind"][] = root ? [] : ["remove"];
  if (isLeaf(node)) return ["set", "rename", "split", "join", ...out];
  const grows = "operation" in node && node.operation !== "stock" && node.operation !== "quotient";
  return [...(grows ? (["add"] as const) : []), "rename", "join", ...out];
}

function editable(node: StoredNode, place: { root: boolean; opening: boolean }): EditableNode {
  const leaf = "operation" in node ? null : node;
  return {
    ...{ id: node.id, label: node.label, kinds: kindsOf(node, place), hasFact: leaf?.fact != null },
    ...{ value: leaf?.value ?? null, monthlyGrowth: leaf?.monthlyGrowth ?? null },
  };
}

/** What revenue is made of, as a list in a list: each driver with its value and where the value comes from. */
export function DriverTree(props: DriverTreeProps) {
  return (
    <ul className="grid gap-0.5">
      <DriverNodeItem {...props} node={props.tree} part="" root />
    </ul>
  );
}

type ItemProps = DriverTreeProps & { node: StoredNode; part: string; root?: boolean; opening?: boolean };

function DriverNodeItem({ node, part, root = false, opening = false, ...props }: ItemProps) {
  const leaf = "operation" in node ? null : node;
  const view = props.leaves.get(node.id);
  const operation = "operation" in node ? node.operation : "driver";
  return (
    <li>
      <div className="grid min-h-8 grid-cols-[minmax(0,1fr)_auto_auto] items-baseline gap-x-3 border-b border-line py-1">
        <span>
          <span className={leaf ? "" : "font-medium"}>{node.label}</span>{" "}
          <span className="inline-block text-sm text-muted">
            {part ? `${part}; ` : ""}
            {leaf ? (leaf.value === null ? "from stored facts" : "set by an analyst") : OPERATION_WORDS[operation]}
            {view?.growth ? (
              <>
                , grows by <FigureValue figure={view.growth} /> a month
              </>
            ) : null}
          </span>
        </span>
        <span>{view ? <FigureValue figure={view.figure} /> : null}</span>
        {props.mayEdit ? (
          <DriverEdit ventureId={props.ventureId} version={props.version} node={editable(node, { root, opening })} />
        ) : null}
      </div>
      <Parts {...props} node={node} />
    </li>
  );
}

function Parts({ node, ...props }: DriverTreeProps & { node: StoredNode }) {
  if (!("operation" in node)) return null;
  const parts: { child: StoredNode; part: string; opening?: boolean }[] =
    node.operation === "stock"
      ? [
          { child: node.opening, part: "starts at", opening: true },
          ...(node.inflow ? [{ child: node.inflow, part: "comes in" }] : []),
          ...(node.growthRate ? [{ child: node.growthRate, part: "grows" }] : []),
          ...(node.lossRate ? [{ child: node.lossRate, part: "is lost" }] : []),
        ]
      : node.children.map((child) => ({ child, part: "" }));
  return (
    <ul className="ml-3 border-l border-line pl-3">
      {parts.map(({ child, part, opening }) => (
        <DriverNodeItem key={child.id} {...props} node={child} part={part} opening={opening ?? false} />
      ))}
    </ul>
  );
}
