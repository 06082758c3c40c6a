import type { FactKey, StoredBranch, StoredLeaf, StoredNode, StoredStock } from "../../schema/driver-tree";

const fact = (key: FactKey, label: string): StoredLeaf => ({
  ...{ id: key, label, value: null, monthlyGrowth: null, fact: key },
});
const branch = (id: string, label: string, operation: StoredBranch["operation"], children: StoredNode[]) => ({
  ...{ id, label, operation, children },
});

const subscriptions: StoredStock = {
  ...{ id: "revenue", label: "Recurring revenue per month", operation: "stock" },
  opening: fact("mrr", "MRR now"),
  inflow: branch("new_revenue", "Revenue of new customers per month", "product", [
    fact("new_customers", "New customers per month"),
    fact("new_customer_pays", "What a new customer pays per month"),
  ]),
  growthRate: fact("expansion_rate", "Expansion per month"),
  lossRate: branch("loss_rate", "Losses per month", "sum", [
    fact("churn_rate", "Revenue lost with customers per month"),
    fact("contraction_rate", "Contraction per month"),
  ]),
};

const commission = branch("revenue", "Commission per month", "product", [
  fact("gross_merchandise_value", "Goods and services sold per month"),
  fact("take_rate", "Part kept as commission"),
]);

const buyers: StoredStock = {
  ...{ id: "buyers", label: "Customers", operation: "stock" },
  opening: fact("customers", "Customers now"),
  inflow: fact("new_customers", "New customers per month"),
  growthRate: null,
  lossRate: fact("customers_lost_rate", "Customers lost per month"),
};

const sales = branch("revenue", "Sales per month", "product", [
  buyers,
  fact("revenue_per_customer", "Revenue per customer and month"),
]);

const fees = branch("revenue", "Fees per month", "product", [
  fact("headcount", "People"),
  fact("revenue_per_head", "Revenue per person and month"),
]);

const TEMPLATES: Readonly<Record<string, StoredNode>> = {
  saas: subscriptions,
  marketplace: commission,
  commerce: sales,
  services: fees,
};

/** What revenue is made of, by business model; a model that is not known is read as subscriptions. */
export const templateFor = (businessModel: string): { name: string; tree: StoredNode } => {
  const name = businessModel in TEMPLATES ? businessModel : "saas";
  return { name, tree: TEMPLATES[name] ?? subscriptions };
};
