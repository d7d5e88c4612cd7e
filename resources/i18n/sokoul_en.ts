<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>AboutPanel</name>
    <message numerus="yes">
        <source>%n part(s) of {size}</source>
        <translation>
            <numerusform>%n part of {size}</numerusform>
            <numerusform>%n parts of {size}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddPanel</name>
    <message numerus="yes">
        <source>%n file(s) chosen</source>
        <translation>
            <numerusform>%n file chosen</numerusform>
            <numerusform>%n files chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AuditView</name>
    <message numerus="yes">
        <source>%n entries, each sealed by the one before it.</source>
        <translation>
            <numerusform>%n entry, sealed.</numerusform>
            <numerusform>%n entries, each sealed by the one before it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n entries are as they were written.</source>
        <translation>
            <numerusform>The one entry is as it was written.</numerusform>
            <numerusform>All %n entries are as they were written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BudgetPage</name>
    <message numerus="yes">
        <source>%n call(s) to paid services</source>
        <translation>
            <numerusform>%n call to paid services</numerusform>
            <numerusform>%n calls to paid services</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CalendarView</name>
    <message numerus="yes">
        <source>%n post(s)</source>
        <translation>
            <numerusform>%n post</numerusform>
            <numerusform>%n posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>+ %n more</source>
        <translation>
            <numerusform>+ %n more</numerusform>
            <numerusform>+ %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckPane</name>
    <message numerus="yes">
        <source>%n letter(s) in the title</source>
        <translation>
            <numerusform>%n letter in the title</numerusform>
            <numerusform>%n letters in the title</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in the description</source>
        <translation>
            <numerusform>%n in the description</numerusform>
            <numerusform>%n in the description</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Plan %n post(s)</source>
        <translation>
            <numerusform>Plan %n post</numerusform>
            <numerusform>Plan %n posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n post(s)</source>
        <translation>
            <numerusform>Send %n post</numerusform>
            <numerusform>Send %n posts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n does not fit and stays a draft.</source>
        <translation>
            <numerusform>%n does not fit and stays a draft.</numerusform>
            <numerusform>%n do not fit and stay drafts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CoresCard</name>
    <message numerus="yes">
        <source>%n core(s), the busiest at {0}</source>
        <translation>
            <numerusform>%n core, at {0}</numerusform>
            <numerusform>%n cores, the busiest at {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>up %n day(s)</source>
        <translation>
            <numerusform>up %n day</numerusform>
            <numerusform>up %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stream(s)</source>
        <translation>
            <numerusform>%n stream</numerusform>
            <numerusform>%n streams</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DownloadActions</name>
    <message numerus="yes">
        <source>%n download(s) added.</source>
        <translation>
            <numerusform>%n download added.</numerusform>
            <numerusform>%n downloads added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n downloads were removed, and their files go in a moment.</source>
        <translation>
            <numerusform>%n download was removed, and its files go in a moment.</numerusform>
            <numerusform>%n downloads were removed, and their files go in a moment.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n downloads were removed. Their files stay where they are.</source>
        <translation>
            <numerusform>%n download was removed. Its files stay where they are.</numerusform>
            <numerusform>%n downloads were removed. Their files stay where they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DownloadsPage</name>
    <message numerus="yes">
        <source>%n picked</source>
        <translation>
            <numerusform>%n picked</numerusform>
            <numerusform>%n picked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndPanel</name>
    <message numerus="yes">
        <source>%n link(s) end at once, for everybody who has one. Whoever watches or downloads by one now is cut off.</source>
        <translation>
            <numerusform>%n link ends at once, for everybody who has it. Whoever watches or downloads by it now is cut off.</numerusform>
            <numerusform>%n links end at once, for everybody who has one. Whoever watches or downloads by one now is cut off.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FileRow</name>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n chapter</numerusform>
            <numerusform>%n chapters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) beside it</source>
        <translation>
            <numerusform>%n file beside it</numerusform>
            <numerusform>%n files beside it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message numerus="yes">
        <source>%n better placed</source>
        <translation>
            <numerusform>%n better placed</numerusform>
            <numerusform>%n better placed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HealthCard</name>
    <message numerus="yes">
        <source>Show all %n</source>
        <translation>
            <numerusform>Show it</numerusform>
            <numerusform>Show all %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n broken</source>
        <translation>
            <numerusform>%n broken</numerusform>
            <numerusform>%n broken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worth a look</source>
        <translation>
            <numerusform>%n worth a look</numerusform>
            <numerusform>%n worth a look</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HiddenStrip</name>
    <message numerus="yes">
        <source>%n result(s) hidden</source>
        <translation>
            <numerusform>%n result hidden</numerusform>
            <numerusform>%n results hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wrong match(es) shown at the end</source>
        <translation>
            <numerusform>%n wrong match shown at the end</numerusform>
            <numerusform>%n wrong matches shown at the end</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n for other reasons</source>
        <translation>
            <numerusform>%n for another reason</numerusform>
            <numerusform>%n for other reasons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another version, of {year}</source>
        <translation>
            <numerusform>%n of another version, of {year}</numerusform>
            <numerusform>%n of another version, of {year}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another title</source>
        <translation>
            <numerusform>%n of another title</numerusform>
            <numerusform>%n of another title</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another part</source>
        <translation>
            <numerusform>%n of another part</numerusform>
            <numerusform>%n of another part</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another episode</source>
        <translation>
            <numerusform>%n of another episode</numerusform>
            <numerusform>%n of another episode</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trailer(s) or extract(s)</source>
        <translation>
            <numerusform>%n trailer or extract</numerusform>
            <numerusform>%n trailers or extracts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n look(s) like a camera recording</source>
        <translation>
            <numerusform>%n looks like a camera recording</numerusform>
            <numerusform>%n look like a camera recording</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a size that does not fit the label</source>
        <translation>
            <numerusform>%n with a size that does not fit the label</numerusform>
            <numerusform>%n with a size that does not fit the label</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a program inside</source>
        <translation>
            <numerusform>%n with a program inside</numerusform>
            <numerusform>%n with a program inside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a film inside</source>
        <translation>
            <numerusform>%n without a film inside</numerusform>
            <numerusform>%n without a film inside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n locked or packed</source>
        <translation>
            <numerusform>%n locked or packed</numerusform>
            <numerusform>%n locked or packed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of what is not out yet</source>
        <translation>
            <numerusform>%n of what is not out yet</numerusform>
            <numerusform>%n of what is not out yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n against your rules</source>
        <translation>
            <numerusform>%n against your rules</numerusform>
            <numerusform>%n against your rules</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n you refused</source>
        <translation>
            <numerusform>%n you refused</numerusform>
            <numerusform>%n you refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryHeader</name>
    <message numerus="yes">
        <source>%n film(s)</source>
        <translation>
            <numerusform>%n film</numerusform>
            <numerusform>%n films</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n series</source>
        <translation>
            <numerusform>%n series</numerusform>
            <numerusform>%n series</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n video</numerusform>
            <numerusform>%n videos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinkForm</name>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinksCard</name>
    <message numerus="yes">
        <source>%n link(s) are given out now.</source>
        <translation>
            <numerusform>%n link is given out now.</numerusform>
            <numerusform>%n links are given out now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LinksView</name>
    <message numerus="yes">
        <source>%n link(s) open now</source>
        <translation>
            <numerusform>%n link open now</numerusform>
            <numerusform>%n links open now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message numerus="yes">
        <source>%n lines copied</source>
        <translation>
            <numerusform>%n line copied</numerusform>
            <numerusform>%n lines copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>paused, %n new since</source>
        <translation>
            <numerusform>paused, %n new since</numerusform>
            <numerusform>paused, %n new since</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeaningStrip</name>
    <message numerus="yes">
        <source>%n title(s) match. After them: what comes close in meaning.</source>
        <translation>
            <numerusform>%n title matches. After it: what comes close in meaning.</numerusform>
            <numerusform>%n titles match. After them: what comes close in meaning.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NeedsCard</name>
    <message numerus="yes">
        <source>%n more in the queue</source>
        <translation>
            <numerusform>%n more in the queue</numerusform>
            <numerusform>%n more in the queue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NextCard</name>
    <message numerus="yes">
        <source>Next episode in %n s</source>
        <translation>
            <numerusform>Next episode in %n s</numerusform>
            <numerusform>Next episode in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenProject</name>
    <message numerus="yes">
        <source>%n scene(s)</source>
        <translation>
            <numerusform>%n scene</numerusform>
            <numerusform>%n scenes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message numerus="yes">
        <source>Begins in about %n second(s), then plays without stopping.</source>
        <translation>
            <numerusform>Begins in about %n second, then plays without stopping.</numerusform>
            <numerusform>Begins in about %n seconds, then plays without stopping.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PartRow</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PostList</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProjectsView</name>
    <message numerus="yes">
        <source>%n project(s)</source>
        <translation>
            <numerusform>%n project</numerusform>
            <numerusform>%n projects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultDetails</name>
    <message numerus="yes">
        <source>%n file(s) inside</source>
        <translation>
            <numerusform>%n file inside</numerusform>
            <numerusform>%n files inside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n part</numerusform>
            <numerusform>%n parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In %n place(s). When one fails the next is tried</source>
        <translation>
            <numerusform>In %n place. When it fails the next is tried</numerusform>
            <numerusform>In %n places. When one fails the next is tried</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultsView</name>
    <message numerus="yes">
        <source>%n day(s) nobody knows of</source>
        <translation>
            <numerusform>%n day nobody knows of</numerusform>
            <numerusform>%n days nobody knows of</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoutesCard</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScanStrip</name>
    <message numerus="yes">
        <source>%n more folder(s) wait</source>
        <translation>
            <numerusform>%n more folder waits</numerusform>
            <numerusform>%n more folders wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message numerus="yes">
        <source>%n search(es) forgotten.</source>
        <translation>
            <numerusform>%n search forgotten.</numerusform>
            <numerusform>%n searches forgotten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SharesCard</name>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StartPanel</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TargetRow</name>
    <message numerus="yes">
        <source>%n message(s) wait.</source>
        <translation>
            <numerusform>%n message waits.</numerusform>
            <numerusform>%n messages wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) on the way</source>
        <translation>
            <numerusform>%n message on the way</numerusform>
            <numerusform>%n messages on the way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Teller</name>
    <message numerus="yes">
        <source>%n post(s) on the way. Each goes out exactly once.</source>
        <translation>
            <numerusform>%n post on the way. It goes out exactly once.</numerusform>
            <numerusform>%n posts on the way. Each goes out exactly once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s) kept in the calendar</source>
        <translation>
            <numerusform>%n draft kept in the calendar</numerusform>
            <numerusform>%n drafts kept in the calendar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries erased</source>
        <translation>
            <numerusform>%n entry erased</numerusform>
            <numerusform>%n entries erased</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrackerList</name>
    <message numerus="yes">
        <source>%n peer(s)</source>
        <translation>
            <numerusform>%n peer</numerusform>
            <numerusform>%n peers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VideoTable</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>view</name>
    <message numerus="yes">
        <source>%n post(s) a day at most</source>
        <translation>
            <numerusform>%n post a day at most</numerusform>
            <numerusform>%n posts a day at most</numerusform>
        </translation>
    </message>
</context>
</TS>
