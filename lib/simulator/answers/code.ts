import { pick } from "../random"
import { excerpt, type Question } from "./question"

interface Sample {
  language: string
  asks: RegExp
  answer: string
}

const samples: [Sample, ...Sample[]] = [
  {
    language: "typescript",
    asks: /typescript|\bts\b|javascript|\bjs\b|node|react|debounce|cache/i,
    answer: `A least-recently-used cache is a small problem with a pretty answer. A \`Map\` remembers the order in which keys were inserted, so *deleting and re-inserting* a key on every read keeps the oldest one first, and no linked list is needed.

\`\`\`typescript
export class LruCache<Key, Value> {
  private entries = new Map<Key, Value>()

  constructor(private readonly capacity: number) {
    if (capacity < 1) throw new RangeError("capacity must be at least 1")
  }

  get(key: Key): Value | undefined {
    const value = this.entries.get(key)
    if (value === undefined) return undefined
    this.entries.delete(key)
    this.entries.set(key, value)
    return value
  }

  set(key: Key, value: Value): void {
    this.entries.delete(key)
    this.entries.set(key, value)
    if (this.entries.size <= this.capacity) return
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest)
      break
    }
  }
}

const cache = new LruCache<string, number>(2)
cache.set("a", 1)
cache.set("b", 2)
cache.get("a")
cache.set("c", 3)
console.log(cache.get("b")) // undefined: "b" had gone unread the longest
\`\`\`

- Both operations are constant in time: a hash lookup and a change at one end of the order.
- One limit is worth knowing: a stored \`undefined\` looks like a miss. If you need it, ask \`has\` first.
- Try swapping the last two lines, and predict what is printed before you run it.`,
  },
  {
    language: "python",
    asks: /python|\bpy\b|pandas|django|prime|fibonacci/i,
    answer: `The sieve of Eratosthenes is more than two thousand years old and still the quickest way to many small primes. Instead of testing each number, it crosses out the multiples of each prime it meets.

\`\`\`python
from math import isqrt


def primes_below(limit: int) -> list[int]:
    """All primes smaller than limit."""
    if limit < 3:
        return []
    is_prime = bytearray([1]) * limit
    is_prime[0] = is_prime[1] = 0
    for number in range(2, isqrt(limit - 1) + 1):
        if is_prime[number]:
            start = number * number
            is_prime[start::number] = bytes(len(range(start, limit, number)))
    return [number for number in range(limit) if is_prime[number]]


print(primes_below(50))
# [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
\`\`\`

- Crossing out starts at \`number * number\`: every smaller multiple has a smaller factor and is gone already.
- That is also why the loop may stop at the square root of the limit.
- The slice assignment writes a whole row of zeros at once, in C rather than in Python, which makes it about ten times faster than an inner loop.`,
  },
  {
    language: "sql",
    asks: /\bsql\b|postgres|query|database|window function/i,
    answer: `"The latest order of each customer" sounds simple and is often solved with a slow subquery. A window function numbers the rows inside each group, and the outer query keeps number one.

\`\`\`sql
WITH ranked AS (
  SELECT
    customer_id,
    id,
    placed_at,
    total,
    row_number() OVER (
      PARTITION BY customer_id
      ORDER BY placed_at DESC, id DESC
    ) AS position,
    sum(total) OVER (PARTITION BY customer_id) AS lifetime_total
  FROM orders
)
SELECT customer_id, id, placed_at, total, lifetime_total
FROM ranked
WHERE position = 1
ORDER BY lifetime_total DESC;
\`\`\`

- \`id DESC\` breaks ties, so two orders of the same second cannot swap places between runs.
- The sum comes from the same pass and costs almost nothing.
- An index on \`(customer_id, placed_at DESC, id DESC)\` lets PostgreSQL read the rows already in order.`,
  },
  {
    language: "go",
    asks: /\bgo(lang)?\b|rate.?limit|concurren/i,
    answer: `A token bucket answers one question, "may this request pass now?", without a timer. The bucket is not refilled in the background; each call works out how much has flowed in since the last one.

\`\`\`go
package main

import (
	"fmt"
	"sync"
	"time"
)

type Bucket struct {
	mutex    sync.Mutex
	tokens   float64
	capacity float64
	perSec   float64
	last     time.Time
}

func NewBucket(capacity, perSec float64) *Bucket {
	return &Bucket{tokens: capacity, capacity: capacity, perSec: perSec, last: time.Now()}
}

func (b *Bucket) Allow() bool {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	now := time.Now()
	b.tokens = min(b.capacity, b.tokens+now.Sub(b.last).Seconds()*b.perSec)
	b.last = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}

func main() {
	bucket := NewBucket(3, 1)
	for attempt := 1; attempt <= 5; attempt++ {
		fmt.Println(attempt, bucket.Allow()) // three times true, then false
	}
}
\`\`\`

- \`capacity\` is the burst you tolerate, \`perSec\` the rate you promise in the long run.
- Ten thousand idle buckets cost no CPU at all, because nothing ticks.
- \`time.Now()\` carries a monotonic clock in Go, so a change of the wall clock cannot fill the bucket.`,
  },
  {
    language: "rust",
    asks: /\brust\b|cargo|borrow|lifetime/i,
    answer: `Counting words shows what makes Rust feel different: the map borrows its keys from the text, so not one string is copied, and the compiler proves that the text outlives the map.

\`\`\`rust
use std::collections::HashMap;

fn top_words(text: &str, count: usize) -> Vec<(&str, usize)> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            *seen.entry(word).or_insert(0) += 1;
        }
    }
    let mut words: Vec<_> = seen.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    words.truncate(count);
    words
}

fn main() {
    let text = "the cat saw the dog and the dog saw the cat";
    println!("{:?}", top_words(text, 3)); // [("the", 4), ("cat", 2), ("dog", 2)]
}
\`\`\`

- \`entry(...).or_insert(0)\` looks the key up once, for reading and writing together.
- The second sort key makes equal counts come out in the same order every time.
- Return the words as \`String\` instead, and the function could read from a file that is closed again: that is the choice lifetimes make visible.`,
  },
  {
    language: "bash",
    asks: /\bbash\b|shell|terminal|command line|script/i,
    answer: `Most shell scripts fail quietly. This one finds the largest files below a folder, and the first lines are the part worth stealing.

\`\`\`bash
#!/usr/bin/env bash
set -euo pipefail

folder="\${1:-.}"
count="\${2:-10}"

if [[ ! -d "$folder" ]]; then
  printf 'Not a folder: %s\\n' "$folder" >&2
  exit 2
fi

find "$folder" -type f -exec du -k {} + |
  sort -rn |
  awk -v count="$count" 'NR <= count'
\`\`\`

- \`set -e\` stops at the first failing command, \`-u\` at the first misspelt variable, and \`pipefail\` lets a failure in the middle of a pipe count.
- \`-exec … +\` hands many files to one \`du\`, which is far quicker than one process a file and safe for names with spaces.
- \`awk\` rather than \`head\` ends the pipe on purpose: \`head\` would close it early and make \`sort\` fail under \`pipefail\`.`,
  },
]

/** An explanation with a program that works, in the language that was asked for. */
export function codeAnswer(question: Question): string {
  const sample =
    samples.find(({ asks }) => asks.test(question.text)) ?? pick(question.seed, samples)
  return `## A worked example in ${sample.language === "sql" ? "SQL" : sample.language === "typescript" ? "TypeScript" : sample.language.charAt(0).toUpperCase() + sample.language.slice(1)}

You asked: "${excerpt(question.text)}". The simulator cannot write new code for you, so here is a program it knows to be right.

${sample.answer}`
}
