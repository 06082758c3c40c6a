import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return <SkeletonLines lines={8} label="The experiments are loading" />;
}
