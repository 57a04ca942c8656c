// The first sentences of an answer, the twin of review_clock/words/headline.py: who is bound, until when and why, can it
// end sooner, what is next. Every day said stands in the answer.
"use strict";

ReviewClock.headline = (words, { fill, capital, dayText }) => {
  const said = words.headline;
  const joined = (...sentences) => sentences.filter(Boolean).join(" ");

  // A sentence whose first word may be a name.
  const sentence = (key, values) => capital(fill(said[key], values));

  const listed = (names, last = said.and) =>
    names.length > 1 ? `${names.slice(0, -1).join(", ")} ${last} ${names[names.length - 1]}` : names.join("");
  // The key of a sentence about those bound, or of that about one country alone.
  const ofOne = (key, row) => (row.length === 1 ? `${key}_one` : key);
  const parties = (row) => listed(row.map((party) => said.party[party]));
  const dated = (row) =>
    listed(row.map(({ party, on }) => fill(words.status.party_on, { state: words.party[party], day: dayText(on) })));

  // ------------------------------------------------------------------------------------------------- who is bound

  function bound(answer) {
    const { ends } = answer;
    const record = answer.beyond_record ? fill(said.record, { day: dayText(answer.verified_on) }) : "";
    const values = { day: dayText(answer.as_of), record };
    if (answer.in_force) {
      const key = answer.left.length ? ofOne("bound_only", answer.between) : "bound";
      return sentence(key, { ...values, parties: parties(answer.between) });
    }
    if (ends === null) return sentence("not_yet", values);
    const days = { date: dayText(ends.date), last_day: dayText(ends.last_day) };
    return sentence(`over_${ends.because}`, { ...values, ...days });
  }

  // Whether a notice would take effect only when the Agreement is over for all.
  function isMoot(notice, ends) {
    if (ends === null || notice.effective < ends.date) return false;
    return notice.effective > ends.date || ends.because === "term";
  }

  function notice(each, { ends }) {
    const last = each.last_day_to_rescind;
    const values = { who: said.who[each.party], notice: dayText(each.notice), effective: dayText(each.effective) };
    const key = isMoot(each, ends) ? "notice_moot" : last === null ? "notice_final" : "notice";
    return sentence(key, { ...values, last_day: last && dayText(last) });
  }

  // Who has left, whose notice runs, who goes on without them, and which notices were taken back.
  function notices(answer) {
    const { left, ends, between, in_force: inForce } = answer;
    const gone = left.map((each) => {
      const days = { effective: dayText(each.effective), notice: dayText(each.notice) };
      return sentence("left", { who: said.who[each.party], ...days });
    });
    const running = answer.notices.map((each) => notice(each, answer));
    const leaving = answer.notices.filter((each) => !isMoot(each, ends)).map(({ party }) => party);
    const others = between.filter((party) => !leaving.includes(party));
    const goOn = leaving.length && ends !== null && ends.because === "term";
    const back = answer.rescinded.map((each) => {
      const days = { notice: dayText(each.notice), on: dayText(each.on) };
      return sentence("rescinded", { who: said.who[each.party], ...days });
    });
    return joined(...gone, ...running, goOn && sentence(ofOne("goes_on", others), { parties: parties(others) }), ...(inForce ? back : []));
  }

  // --------------------------------------------------------------------------------------------------- until when

  function extended({ extended: found }) {
    const days = [...new Set(found.other_readings.map(({ date }) => date).filter(Boolean))].sort();
    let others = days.length ? fill(said.other_lengths, { days: listed(days.map(dayText), said.or) }) : "";
    if (found.other_readings.some(({ date }) => date === null)) others += said.not_extended;
    return sentence("extended", { on: dayText(found.on), to: dayText(found.to), others });
  }

  // The extension and the amendment of the term's end, in the order of their days.
  function lengths(answer) {
    const said = answer.extended === null ? [] : [[answer.extended.on, extended(answer)]];
    if (answer.ends !== null && answer.ends.amended) {
      const { on, day } = answer.amended.filter(({ sets }) => sets === "term_end").pop();
      said.push([on, sentence("amended", { on: dayText(on), day: dayText(day) })]);
    }
    return joined(...ReviewClock.sortedBy(said, ([on]) => on).map(([, text]) => text));
  }

  function until({ ends, as_of: asOf, in_force: inForce, left, notices: running }) {
    if (ends === null) return "";
    if (!inForce) return ends.latest > asOf ? sentence("contested", { latest: dayText(ends.latest) }) : "";
    const effective = running.filter((each) => each.effective <= ends.date);
    const out = [...new Set([...left, ...effective].map(({ party }) => party))].sort();
    const days = { date: dayText(ends.date), last_day: dayText(ends.last_day) };
    return sentence(`until_${ends.because}`, { ...days, parties: parties(out) });
  }

  function span({ ends, in_force: inForce }) {
    if (ends === null || !inForce || ends.earliest === ends.latest) return "";
    return sentence("span", { earliest: dayText(ends.earliest), latest: dayText(ends.latest) });
  }

  const sooner = ({ earliest_exit: out }) =>
    out === null ? "" : sentence("sooner", { notice: dayText(out.notice), date: dayText(out.date) });

  // ------------------------------------------------------------------------------------------------- joint reviews

  // The day of the next joint review, and beside it how it is known.
  function when(review, answer) {
    if (review.date === null) return said.when_unknown;
    const how = answer.review_at_latest ? "latest" : review.amended ? "amended" : review.day_is;
    return fill(said[`when_${how}`], { day: dayText(review.date) });
  }

  function nextReview(answer) {
    const review = answer.next_review;
    if (review === null) return answer.in_force ? said.review_none : "";
    const key = answer.phase === "review_open" ? "review_if" : "review";
    return fill(said[key], { kind: words.review_kind[review.kind], when: when(review, answer) });
  }

  function confirmed({ confirmed: row, between, in_force: inForce }) {
    if (!row.length || !inForce) return "";
    const everyone = between.every((party) => row.some((each) => each.party === party));
    return sentence(everyone ? "confirmed_all" : "confirmed", { parties: dated(row) });
  }

  // How the last joint review ended, or that it was held; nothing of one that an extension followed.
  function lastReview(answer) {
    const review = answer.last_review;
    if (review === null || !answer.in_force) return "";
    if (answer.extended !== null && answer.extended.on >= (review.held || review.due)) return "";
    const declined = review.declined.filter(({ party }) => !answer.confirmed.some((each) => each.party === party));
    if (declined.length) return sentence("declined", { parties: dated(declined) });
    if (review.concluded !== null) return sentence("concluded", { day: dayText(review.concluded) });
    return answer.unrecorded.includes(review.held) ? sentence("held", { day: dayText(review.held) }) : "";
  }

  function unrecorded({ unrecorded: row, last_review: review }) {
    const days = row.filter((day) => day !== review.held).map(dayText);
    return days.length ? fill(said[`unrecorded_${days.length > 1 ? "many" : "one"}`], { days: listed(days) }) : "";
  }

  const yearsWithout = ({ years_without_review: years, in_force: inForce }) =>
    years.length && inForce ? fill(said.years_without, { years: listed(years.map(String)) }) : "";

  const reviews = (answer) =>
    joined(nextReview(answer), yearsWithout(answer), confirmed(answer), lastReview(answer), unrecorded(answer));

  function paragraph(answer) {
    const first = joined(answer.assumed.length && said.assumed, bound(answer), notices(answer), lengths(answer));
    return joined(first, until(answer), sooner(answer), reviews(answer), span(answer));
  }

  return { paragraph, notices, reviews };
};
