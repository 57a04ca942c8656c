# What ruby-icalendar reads in iCalendar files, as JSON.
require "json"
require "stringio"
require "icalendar"

def event(each)
  { uid: each.uid.to_s, start: each.dtstart.value_ical, summary: each.summary.to_s, status: each.status.to_s,
    alarms: each.alarms.map { |alarm| alarm.trigger.value_ical } }
end

read = ARGV.to_h do |path|
  calendars = Icalendar::Calendar.parse(StringIO.new(File.read(path, encoding: "UTF-8", newline: nil)))
  [path, { events: calendars.flat_map { |each| each.events.map { |one| event(one) } }, errors: [] }]
end
puts JSON.generate(read)
