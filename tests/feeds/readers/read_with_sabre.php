<?php // What sabre/vobject (Nextcloud, Baikal) reads in iCalendar files, as JSON, and what its validator says.
error_reporting(E_ALL & ~E_DEPRECATED);
spl_autoload_register(function ($class) {
    $file = '/usr/share/php/' . str_replace('\\', '/', $class) . '.php';
    if (is_file($file)) require $file;
});

// 2.1.7, which Debian has, leaves escaped commas and semicolons as they are.
function text($value) { return str_replace(['\\,', '\\;'], [',', ';'], (string) $value); }

function event($each) {
    $alarms = [];
    foreach ($each->select('VALARM') as $alarm) $alarms[] = (string) $alarm->TRIGGER;
    return ['uid' => (string) $each->UID, 'start' => (string) $each->DTSTART, 'summary' => text($each->SUMMARY),
        'status' => (string) $each->STATUS, 'alarms' => $alarms];
}

$read = [];
foreach (array_slice($argv, 1) as $path) {
    $calendar = Sabre\VObject\Reader::read(file_get_contents($path));
    $said = array_map(fn ($each) => $each['message'], $calendar->validate());
    $read[$path] = ['events' => array_values(array_map('event', $calendar->select('VEVENT'))), 'errors' => $said];
}
echo json_encode($read, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
