/** Things people like to ask first, answered for real: short, and checked. */
export const topics: { asks: RegExp; answer: string }[] = [
  {
    asks: /sky.{0,20}blue|blue.{0,20}sky|sunset|rayleigh/i,
    answer: `## Why the sky is blue

Sunlight is a mixture of all colours. On its way through the air it meets molecules far smaller than its waves, and such small things scatter short waves much more strongly than long ones:

$$I \\propto \\frac{1}{\\lambda^4}$$

Blue, at about 450 nm, is scattered roughly four times as strongly as red, at about 650 nm. So blue reaches your eye from every direction, and the sky fills with it.

- **Why not violet?** The sun sends less of it, the upper air takes some away, and our eyes are less sensitive to it.
- **Why red evenings?** A low sun shines through some forty times as much air. The blue has been scattered out of the beam before it reaches you, and what is left is orange and red.
- **Why white clouds?** Droplets are larger than the waves and treat all colours alike.`,
  },
  {
    asks: /black hole|event horizon/i,
    answer: `## What a black hole is

A black hole is a region that light cannot leave. It needs no infinite mass, only enough of it in too little space. For a mass $M$ the border, the event horizon, lies at

$$r_s = \\frac{2GM}{c^2}$$

| Object | Radius it would need |
| :-- | --: |
| Earth | 9 mm |
| Sun | 3 km |
| The one in the middle of our galaxy | 12.7 million km |

1. **It does not suck.** Swap the sun for a black hole of the same mass, and the planets keep their orbits, in the dark.
2. **Time slows near it.** Seen from afar, somebody falling in fades and seems never quite to arrive. For the one who falls, nothing marks the border.
3. **The big ones are gentle.** Tides at the horizon weaken as the mass grows; one could cross a very large horizon unharmed, for a while.`,
  },
  {
    asks: /photosynthes|how do plants/i,
    answer: `## How a plant eats light

$$6\\,\\text{CO}_2 + 6\\,\\text{H}_2\\text{O} \\;\\xrightarrow{\\text{light}}\\; \\text{C}_6\\text{H}_{12}\\text{O}_6 + 6\\,\\text{O}_2$$

It happens in two acts.

1. **Light is caught.** Chlorophyll takes in red and blue light and uses the energy to pull electrons from water. What remains of the water is oxygen, a waste product that the rest of us breathe.
2. **Sugar is built.** The Calvin cycle spends that energy on fastening carbon dioxide, one carbon at a time, to molecules that are already there. The enzyme that does it, RuBisCO, is slow, and plants make up for it with sheer quantity: it may be the most abundant protein on Earth.

The surprise is where a tree comes from. Most of its dry weight is not soil but *air*.`,
  },
  {
    asks: /what happens when (i|you) (type|enter|open).*(url|address|browser)|how does the internet|dns/i,
    answer: `## From the address bar to the page

1. **Name to number.** The browser asks DNS for the address behind the name. Most answers come from a cache nearby.
2. **A line is opened.** TCP shakes hands in one round trip; QUIC, used by HTTP/3, folds this and the next step into one.
3. **A secret is agreed.** TLS checks the certificate and agrees on keys, so that everybody in between sees only where you go and how much you read.
4. **The question is put.**

\`\`\`http
GET /conversations HTTP/1.1
Host: polylogue.example
Accept: text/html
\`\`\`

5. **The page is built.** HTML arrives in pieces and is drawn as it comes; styles hold back the picture, scripts may hold back everything.

For a server 5,000 km away, light in glass needs about 25 ms each way. Three round trips are 150 ms that no faster computer will ever win back, which is why the copies are put close to you.`,
  },
  {
    asks: /\btides?\b|why.*moon/i,
    answer: `## Why there are two tides a day

The moon pulls at the whole Earth, but not evenly: the near side feels a little more, the far side a little less. It is the *difference* that makes tides. Measured from the middle of the Earth, the near water is pulled ahead and the far water is left behind, so there are **two** bulges, and we turn beneath both.

- A tidal day lasts about **24 h 50 min**, because the moon moves on while we turn.
- The sun does the same at a bit less than half the strength. In line with the moon it makes *spring tides*, at a right angle *neap tides*.
- The difference falls with the *cube* of the distance, which is how the small near moon beats the huge far sun.
- Friction of the water slows the Earth by about two milliseconds a century and pushes the moon away by some 3.8 cm a year.`,
  },
  {
    asks: /language model|\bllm\b|how do(es)? (you|ai|chatgpt|gpt)|transformer|neural network/i,
    answer: `## What a language model does, in one page

A language model does one thing: given the text so far, it says how likely each possible next token is. Then one is drawn, appended, and the whole thing is asked again.

$$P(w_1, \\dots, w_n) = \\prod_{t=1}^{n} P(w_t \\mid w_1, \\dots, w_{t-1})$$

\`\`\`python
while tokens[-1] != end_of_text:
    scores = model(tokens)
    tokens.append(sample(scores, temperature=0.7))
\`\`\`

- **Tokens** are pieces of words. Common words are one, rare ones several.
- **Attention** lets each position look at all earlier ones and weigh them, which is how a pronoun finds its noun.
- **Temperature** flattens or sharpens the odds before drawing. At zero the likeliest token always wins.
- **What it lacks** is a memory between calls: the conversation is sent again each time.

The simulator you are reading does none of this. It looks at your words, picks a text somebody wrote, and lets it out at the speed of a model.`,
  },
]
