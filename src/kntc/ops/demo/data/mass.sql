-- Petitions by the million, in sets: the pools (mass_slot, mass_person, mass_text, mass_clock, mass_settle,
-- mass_verdict) come from Python, by the same rules as every petition; here they are dealt out.

-- name: tables
CREATE TEMP TABLE mass_slot (slot int, agency_id bigint, code text, place_id text, destination_id bigint);
CREATE TEMP TABLE mass_person (
  place_id text, k int, name text, name_words text, name_key text, id_prefix text, birth_year int, gender text, phone text, address text,
  words text
);
CREATE TEMP TABLE mass_text (
  kind text, t int, field text, title text, content text, signatories int, respondent text, respondent_words text,
  words text
);
CREATE TEMP TABLE mass_clock (kind text, instance int, source text, day date, due_on date, rule text);
CREATE TEMP TABLE mass_settle (kind text, instance int, day date, due_on date);
CREATE TEMP TABLE mass_verdict (handling text, eligible boolean, competent boolean);

-- name: vectors
ALTER TABLE mass_text ADD COLUMN search tsvector;
UPDATE mass_text SET search = array_to_tsvector(array_remove(string_to_array(words, ' '), ''));
CREATE INDEX ON mass_text (kind, t);
CREATE INDEX ON mass_person (place_id, k);
ANALYZE mass_slot, mass_person, mass_text, mass_clock, mass_settle;

-- name: seed
SELECT setseed(0.2026);

-- name: draft
CREATE TEMP TABLE mass_draft AS
WITH thrown AS MATERIALIZED (
  SELECT i,
    1 + floor(random() * %(slots)s)::int AS slot,
    %(first_day)s::date + floor(random() * %(days)s)::int AS day,
    random() AS r_kind, random() AS r_text, random() AS r_source, random() AS r_instance, random() AS r_anonymous,
    random() AS r_handling, random() AS r_wait, random() AS r_lag, random() AS r_proposal, random() AS r_settle,
    floor(random() * %(people)s)::int AS k,
    floor(random() * 1000000)::int AS digits, 12 + floor(random() * 2400)::int AS paper
  FROM generate_series(1, %(petitions)s) AS i
), dealt AS (
  -- Every thirteenth is a further petition of the one before: same person, same words, some weeks later.
  SELECT i, i %% 13 = 0 AS again,
    CASE WHEN i %% 13 = 0 THEN lag(slot) OVER w ELSE slot END AS slot,
    CASE WHEN i %% 13 = 0 THEN least(lag(day) OVER w + 5 + paper %% 40, %(today)s::date) ELSE day END AS day,
    CASE WHEN i %% 13 = 0 THEN lag(r_kind) OVER w ELSE r_kind END AS r_kind,
    CASE WHEN i %% 13 = 0 THEN lag(r_text) OVER w ELSE r_text END AS r_text,
    CASE WHEN i %% 13 = 0 THEN lag(r_instance) OVER w ELSE r_instance END AS r_instance,
    CASE WHEN i %% 13 = 0 THEN lag(r_anonymous) OVER w ELSE r_anonymous END AS r_anonymous,
    CASE WHEN i %% 13 = 0 THEN lag(k) OVER w ELSE k END AS k,
    CASE WHEN i %% 13 = 0 THEN lag(digits) OVER w ELSE digits END AS digits,
    r_source, r_handling, r_wait, r_lag, r_proposal, r_settle, paper
  FROM thrown WINDOW w AS (ORDER BY i)
), sorted AS (
  SELECT *,
    day - CASE extract(isodow FROM day) WHEN 6 THEN 1 WHEN 7 THEN 2 ELSE 0 END AS received_on,
    CASE WHEN r_kind < 0.40 THEN 'complaint' WHEN r_kind < 0.53 THEN 'denunciation' ELSE 'reflection' END AS kind,
    CASE WHEN r_source < 0.34 THEN 'counter' WHEN r_source < 0.64 THEN 'post' WHEN r_source < 0.78 THEN 'online'
      WHEN r_source < 0.87 THEN 'other_agency' WHEN r_source < 0.93 THEN 'assembly'
      WHEN r_source < 0.97 THEN 'front_press' ELSE 'suggestion_box' END AS source
  FROM dealt
), examined AS (
  SELECT *,
    kind = 'denunciation' AND r_anonymous < 0.25 AS anonymous,
    CASE WHEN kind = 'reflection' THEN NULL WHEN r_instance < 0.92 THEN 1 ELSE 2 END AS instance,
    received_on + 1 + floor(r_wait * 10)::int AS handled_on,
    CASE
      WHEN r_handling < 0.04 OR received_on + 1 + floor(r_wait * 10)::int > %(today)s::date THEN ''
      WHEN kind = 'complaint' THEN CASE WHEN r_handling < 0.48 THEN 'accept' WHEN r_handling < 0.80 THEN 'guide'
        WHEN r_handling < 0.87 THEN 'return' WHEN r_handling < 0.94 THEN 'file' ELSE 'decline' END
      WHEN kind = 'denunciation' THEN CASE WHEN r_anonymous < 0.25 OR r_handling < 0.2 THEN 'file'
        WHEN r_handling < 0.6 THEN 'accept' ELSE 'transfer' END
      ELSE CASE WHEN r_handling < 0.55 THEN 'accept' WHEN r_handling < 0.82 THEN 'transfer'
        WHEN r_handling < 0.9 THEN 'guide' ELSE 'file' END
    END AS handling
  FROM sorted
)
SELECT
  row_number() OVER (ORDER BY e.received_on, e.i) AS n, e.i, e.again, e.received_on, e.kind, e.source, e.anonymous,
  e.instance, e.handling, e.paper, e.r_lag, e.r_settle, t.field, t.t, p.k,
  s.agency_id, s.code, s.place_id,
  CASE WHEN e.handling IN ('guide', 'return', 'transfer') THEN s.destination_id END AS destination_id,
  CASE WHEN e.handling <> '' THEN e.handled_on END AS handled_on,
  CASE WHEN e.kind <> 'reflection' OR e.r_proposal >= 0.95 THEN '' WHEN e.r_proposal < 0.45 THEN 'proposal'
    ELSE 'feedback' END AS reflection_kind,
  CASE WHEN p.id_prefix <> '' THEN p.id_prefix || lpad(e.digits::text, 6, '0') ELSE '' END AS id_number,
  e.kind = 'denunciation' AND NOT e.anonymous AS sealed,
  c.due_on, coalesce(c.rule, '') AS due_rule, v.eligible, v.competent,
  CASE WHEN e.handling = 'accept' AND e.handled_on + 6 + floor(e.r_settle * 50)::int <= %(today)s::date
    THEN e.handled_on + 6 + floor(e.r_settle * 50)::int END AS settled_on
FROM examined e
JOIN mass_slot s USING (slot)
JOIN mass_person p ON p.place_id = s.place_id AND p.k = e.k
JOIN mass_text t ON t.kind = e.kind AND t.t = floor(e.r_text * CASE e.kind
  WHEN 'complaint' THEN %(complaint)s WHEN 'denunciation' THEN %(denunciation)s ELSE %(reflection)s END)::int
LEFT JOIN mass_clock c ON c.kind = e.kind AND c.instance = coalesce(e.instance, 0) AND c.source = e.source
  AND c.day = e.received_on
LEFT JOIN mass_verdict v ON v.handling = e.handling;

-- name: numbers
CREATE TEMP TABLE mass_ready AS
SELECT d.*, %(petition)s + n AS id,
  CASE WHEN sealed THEN %(sealed)s + count(*) FILTER (WHERE sealed) OVER (ORDER BY n) END AS sealed_id,
  format('%%s-%%s-%%s', code, extract(year FROM received_on),
    lpad((coalesce(b.last, 0) + row_number() OVER (PARTITION BY d.agency_id, extract(year FROM received_on) ORDER BY n))
      ::text, 6, '0')) AS number,
  %(matter)s + CASE WHEN again THEN lag(n) OVER (ORDER BY d.i) ELSE n END AS matter_id,
  CASE WHEN handling = '' THEN '' ELSE format('%%s/%%s-UBND ngày %%s', paper,
    CASE handling WHEN 'guide' THEN 'HD' WHEN 'transfer' THEN 'PC' ELSE 'TB' END, to_char(handled_on, 'DD/MM/YYYY')) END
    AS handled_paper,
  CASE WHEN handling = '' THEN '' ELSE format('%%s %%s ubnd ngay %%s', paper,
    CASE handling WHEN 'guide' THEN 'hd' WHEN 'transfer' THEN 'pc' ELSE 'tb' END, to_char(handled_on, 'DD MM YYYY')) END
    AS paper_words,
  least(
    (received_on + CASE WHEN r_lag < 0.8 THEN 0 WHEN r_lag < 0.95 THEN 1 ELSE 10 END + time '08:00'
      + r_lag * interval '8 hours') AT TIME ZONE %(zone)s, %(now)s) AS entered_at
FROM mass_draft d
LEFT JOIN petitions_number_book b ON b.agency_id = d.agency_id AND b.year = extract(year FROM d.received_on);
CREATE UNIQUE INDEX ON mass_ready (n);
ANALYZE mass_ready;

-- name: books
INSERT INTO petitions_number_book AS book (agency_id, year, last)
SELECT agency_id, extract(year FROM received_on), count(*) FROM mass_ready GROUP BY 1, 2
ON CONFLICT (agency_id, year) DO UPDATE SET last = book.last + excluded.last;

-- name: matters
INSERT INTO petitions_matter (id, code, opened_on)
SELECT matter_id, 'VV-' || to_char(received_on, 'YY') || '-' || upper(substr(md5('kntc-' || matter_id), 1, 14)), received_on
FROM mass_ready WHERE NOT again;

-- name: petitions
INSERT INTO petitions_petition (
  id, number, matter_id, agency_id, keeper_id, kind, reflection_kind, source, source_body_id, source_paper, received_on,
  written_on, entered_at, entered_on, backfilled, signatories, anonymous, field, instance, eligible, competent, handling,
  handled_on, handled_paper, destination_id, place_id, due_on, due_rule, state, version)
SELECT id, number, matter_id, agency_id, agency_id, r.kind, reflection_kind, source,
  (%(forwarders)s::jsonb ->> source)::bigint, '', received_on, received_on - paper %% 6, entered_at,
  (entered_at AT TIME ZONE %(zone)s)::date, false, t.signatories, anonymous, r.field, instance, eligible, competent,
  handling, handled_on, handled_paper, destination_id, place_id, due_on, due_rule,
  CASE WHEN handling = '' THEN 'received' WHEN handling <> 'accept' THEN 'handled' WHEN settled_on IS NULL THEN 'settling'
    ELSE 'settled' END, 1
FROM mass_ready r JOIN mass_text t ON t.kind = r.kind AND t.t = r.t
WHERE n BETWEEN %(least)s AND %(most)s ORDER BY n;

-- name: texts
INSERT INTO petitions_text (petition_id, keeper_id, petitioner_line, summary, content, prior_note, note, search)
SELECT id, agency_id,
  CASE WHEN sealed THEN %(sealed_line)s WHEN anonymous THEN %(anonymous_line)s
    WHEN t.signatories > 1 THEN format('%%s và %%s người khác', p.name, t.signatories - 1) ELSE p.name END,
  t.title, t.content, '', '',
  array_to_tsvector(array_remove(string_to_array(concat_ws(' ',
    CASE WHEN NOT (sealed OR anonymous) THEN concat_ws(' ', p.name_words, nullif(r.id_number, ''), p.words) END,
    CASE WHEN NOT sealed THEN t.respondent_words END,
    lower(translate(number, '-', ' ')), paper_words), ' '), '')) || t.search
FROM mass_ready r
JOIN mass_text t ON t.kind = r.kind AND t.t = r.t
JOIN mass_person p ON p.place_id = r.place_id AND p.k = r.k
WHERE n BETWEEN %(least)s AND %(most)s ORDER BY n;

-- name: parties
INSERT INTO petitions_party (
  petition_id, keeper_id, role, position, name, name_key, id_number, birth_year, gender, phone, address, place_id,
  organisation, sealed_id)
SELECT id, agency_id, 'petitioner', 0, p.name, p.name_key, r.id_number, p.birth_year, p.gender, p.phone, p.address,
  r.place_id, '', NULL::bigint
FROM mass_ready r JOIN mass_person p ON p.place_id = r.place_id AND p.k = r.k
WHERE n BETWEEN %(least)s AND %(most)s AND NOT sealed AND NOT anonymous
UNION ALL
SELECT id, agency_id, 'petitioner', 0, '', '', '', NULL, '', '', '', NULL, '', sealed_id
FROM mass_ready WHERE n BETWEEN %(least)s AND %(most)s AND sealed
UNION ALL
SELECT id, agency_id, 'respondent', 1, '', '', '', NULL, '', '', '', NULL, t.respondent, NULL
FROM mass_ready r JOIN mass_text t ON t.kind = r.kind AND t.t = r.t
WHERE n BETWEEN %(least)s AND %(most)s AND t.respondent <> '';

-- name: cases
INSERT INTO settlement_case (
  matter_id, petition_id, agency_id, keeper_id, kind, instance, accepted_on, is_complex, is_remote, extensions, due_on,
  status, settled_on, outcome, decision_number)
SELECT matter_id, id, agency_id, agency_id, r.kind, coalesce(r.instance, 1), handled_on, false, false, 0, s.due_on,
  CASE WHEN settled_on IS NULL THEN 'open' ELSE 'settled' END, settled_on,
  CASE WHEN settled_on IS NULL THEN '' WHEN r.kind = 'reflection' THEN 'answered' WHEN r.instance = 2 THEN 'upheld'
    WHEN r_settle < 0.6 THEN 'wrong' WHEN r_settle < 0.8 THEN 'partly' ELSE 'right' END,
  CASE WHEN settled_on IS NULL THEN '' ELSE format('%%s/QĐ-UBND', paper) END
FROM mass_ready r
LEFT JOIN mass_settle s ON s.kind = r.kind AND s.instance = coalesce(r.instance, 1) AND s.day = r.handled_on
WHERE n BETWEEN %(least)s AND %(most)s AND handling = 'accept' ORDER BY n;

-- name: end
DROP TABLE mass_slot, mass_person, mass_text, mass_clock, mass_settle, mass_verdict, mass_draft, mass_ready;

-- name: to-seal
SELECT r.sealed_id, r.agency_id, r.entered_at, p.name, r.id_number, p.birth_year, p.gender, p.phone, p.address,
  r.place_id, p.name_key, t.title, t.content
FROM mass_ready r
JOIN mass_person p ON p.place_id = r.place_id AND p.k = r.k
JOIN mass_text t ON t.kind = r.kind AND t.t = r.t
WHERE r.sealed AND n BETWEEN %(least)s AND %(most)s ORDER BY n;
