// The address that a list of tasks is asked at.

export const FIRST_PAGE = 25;

// What the list is asked: filters by their name, and words, which go in a body and never in an address.
export interface Question {
  filters: Record<string, string>;
  words: string;
}

// REQUIRES: a question without words, as JSON.
export function pathOf(question: string, size: number, cursor: string | null): string {
  const { filters } = JSON.parse(question) as Question;
  const asked = { ...filters, ...(cursor ? { cursor } : {}), aantal: String(size) };
  return `/v1/taken?${new URLSearchParams(asked)}`;
}
