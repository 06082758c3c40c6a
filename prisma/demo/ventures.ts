import type { VentureScript } from "./script";
import { alderFinch } from "./ventures/alder-finch";
import { brightwaterPayroll } from "./ventures/brightwater-payroll";
import { halcyon } from "./ventures/halcyon";
import { kestrelFreight } from "./ventures/kestrel-freight";
import { lumenHealth } from "./ventures/lumen-health";
import { meridianRobotics } from "./ventures/meridian-robotics";
import { northwindData } from "./ventures/northwind-data";
import { tsubameCommerce } from "./ventures/tsubame-commerce";

/** The eight ventures of the demo, in the order in which they are loaded (docs/demo-portfolio.md tells their stories). */
export const DEMO_VENTURES: readonly VentureScript[] = [
  meridianRobotics,
  northwindData,
  lumenHealth,
  halcyon,
  tsubameCommerce,
  kestrelFreight,
  alderFinch,
  brightwaterPayroll,
];
